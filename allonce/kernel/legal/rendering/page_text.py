"""Markdown of the Operator's pages as HTML. Raw HTML in it stays text, and links lead only where links may."""

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_writer = MarkdownIt("commonmark", {"html": False})


def as_html(text: str) -> SafeString:
    """The text with its highest headings below the page's own title, whatever level their author began with."""
    tokens = _writer.parse(text)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + 2)}"
    return SafeString(_writer.renderer.render(tokens, _writer.options, {}))  # the writer escapes
