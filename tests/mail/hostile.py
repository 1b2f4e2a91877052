"""Text as an enemy, a bad export or a badly decoded mail writes it."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

#: Ends a line or a string, steers a terminal, turns the writing direction, is half of a character.
_SHARP = "\r\n\x00\x1b\x85\u2028\u202e\u2066\ud800\udfff"


def hostile(*, min_size: int = 0, max_size: int) -> SearchStrategy[str]:
    """Any text, half of whose characters are sharp. A list, because `st.text` would make one rare range of both."""
    characters = st.characters() | st.sampled_from(_SHARP)
    return st.lists(characters, min_size=min_size, max_size=max_size).map("".join)
