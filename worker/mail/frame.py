"""The page around a letter: one HTML frame, its styles written onto the tags when a new form of letter is made."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from css_inline import CSSInliner
from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: The frame, the styles to inline, and those only a `<style>` can hold: dark mode and phones.
FRAME, INLINED, MEDIA = "_frame/frame.html.j2", "_frame/frame.css", "_frame/media.css"

#: What the page may write: its plain words, the fragments of the letter, the sheet of `MEDIA`.
VALUES = frozenset({"language", "subject", "preheader", "letterhead", "body", "footer", "media"})


class Frame:
    """Compiled once; a page is made once per form of letter, never per person."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the three files by name; nothing is ever fetched."""
        # Not escaping: it is given HTML, and plain words already escaped.
        environment = ImmutableSandboxedEnvironment(
            loader=DictLoader({FRAME: sources[FRAME]}), undefined=StrictUndefined
        )
        environment.globals.clear()
        self._page = environment.get_template(FRAME)
        self._media = sources[MEDIA].strip()
        # html5ever would move the whole sheet before <meta charset> and beyond its first 1024 bytes: the tag's own
        # style stays where it is, the inlined sheet never enters the page.
        self._inliner = CSSInliner(
            inline_style_tags=False,
            keep_style_tags=True,
            load_remote_stylesheets=False,
            extra_css=sources[INLINED],
        )

    def page(self, words: Mapping[str, str], fragments: Mapping[str, str]) -> str:
        """The whole page. `words` are plain text (language, subject, preheader), `fragments` HTML."""
        plain = {name: escape(text) for name, text in words.items()}
        return self._inliner.inline(self._page.render(**plain, **fragments, media=self._media))
