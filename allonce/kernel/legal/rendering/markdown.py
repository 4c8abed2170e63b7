"""Legal texts as HTML: Markdown without raw HTML, links to other sites marked."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from allonce.kernel.legal import links

# The page has one first heading, its title.
FIRST_LEVEL = 2


def parser() -> MarkdownIt:
    """CommonMark with tables, and nothing that could carry markup of its own."""
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table").disable("image")


def as_html(text: str) -> SafeString:
    """The text as HTML, safe to show."""
    return SafeString(parser().render(text))


class _Renderer(RendererHTML):
    def heading_open(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        tag = _level(tokens[index])
        return f'<{tag} id="{slugify(tokens[index + 1].content)}">'

    def heading_close(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        return f"</{_level(tokens[index])}>\n"

    def table_open(self, *_rest: Any) -> str:
        return '<div class="table-wrap" tabindex="0"><table class="table">\n'

    def table_close(self, *_rest: Any) -> str:
        return "</table></div>\n"

    def th_open(self, *_rest: Any) -> str:
        return '<th scope="col">'

    def link_open(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        url = str(tokens[index].attrGet("href") or "")
        if url.startswith("/promises/#"):
            return f'<a class="promise-link" href="{escape(url)}">'
        if not links.is_external(url):
            return f'<a href="{escape(url)}">'
        away = escape(links.leaving_url(url))
        return f'<a class="external" href="{away}" rel="{links.REL}" referrerpolicy="no-referrer">'

    def link_close(self, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        opened = next(each for each in reversed(tokens[:index]) if each.type == "link_open")
        if not links.is_external(str(opened.attrGet("href") or "")):
            return "</a>"
        return f' <span class="external-mark">{escape(links.mark())}</span></a>'


def _level(token: Token) -> str:
    return f"h{max(FIRST_LEVEL, int(token.tag[1:]))}"
