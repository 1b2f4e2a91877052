"""The page around a letter: one HTML frame, its styles written onto the tags when a new form of letter is made."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from css_inline import CSSInliner
from jinja2 import DictLoader, Environment, StrictUndefined

#: The frame, the styles to inline, and those only a `<style>` can hold: dark mode and phones.
FRAME, INLINED, MEDIA = "_frame/frame.html.j2", "_frame/frame.css", "_frame/media.css"


class Frame:
    """Compiled once; a page is made once per form of letter, never per person."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Take the three files by name; nothing is ever fetched."""
        environment = Environment(  # noqa: S701 - it is given HTML, and escapes its two words itself
            loader=DictLoader({FRAME: sources[FRAME]}), undefined=StrictUndefined
        )
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
