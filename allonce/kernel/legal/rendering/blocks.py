"""A legal text as plain data for the typesetter: text goes in as data and cannot become markup there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from markdown_it.tree import SyntaxTreeNode

from allonce.kernel.legal.rendering.markdown import FIRST_LEVEL, parser

Block = dict[str, Any]
Run = dict[str, Any]


def as_blocks(text: str) -> list[Block]:
    """Headings, paragraphs, lists and tables in order."""
    return _blocks(SyntaxTreeNode(parser().parse(text)))


def _blocks(node: SyntaxTreeNode) -> list[Block]:
    return [block for child in node.children if (block := _block(child))]


def _block(node: SyntaxTreeNode) -> Block | None:
    make = _MAKERS.get(node.type)
    return make(node) if make else None


def _heading(node: SyntaxTreeNode) -> Block:
    return {"kind": "heading", "level": max(1, int(node.tag[1:]) - FIRST_LEVEL + 1), "runs": _runs_in(node)}


def _paragraph(node: SyntaxTreeNode) -> Block:
    return {"kind": "paragraph", "runs": _runs_in(node)}


def _list(node: SyntaxTreeNode) -> Block:
    items = [_blocks(item) for item in node.children]
    return {"kind": "list", "ordered": node.type == "ordered_list", "items": items}


def _table(node: SyntaxTreeNode) -> Block:
    rows = [row for part in node.children for row in part.children]
    return {"kind": "table", "rows": [[_runs_in(cell) for cell in row.children] for row in rows]}


def _quote(node: SyntaxTreeNode) -> Block:
    return {"kind": "quote", "blocks": _blocks(node)}


def _code(node: SyntaxTreeNode) -> Block:
    return {"kind": "paragraph", "runs": [_run(node.content)]}


def _runs_in(node: SyntaxTreeNode) -> list[Run]:
    inline = node if node.type == "inline" else next(iter(node.children), None)
    return [] if inline is None else _runs(inline, _run(""))


def _runs(node: SyntaxTreeNode, style: Run) -> list[Run]:
    found: list[Run] = []
    for child in node.children:
        if child.type in {"text", "code_inline"}:
            found.append(style | {"text": child.content})
        elif child.type in {"softbreak", "hardbreak"}:
            found.append(style | {"text": " " if child.type == "softbreak" else "\n"})
        else:
            found += _runs(child, style | _style(child))
    return found


def _style(node: SyntaxTreeNode) -> Run:
    if node.type == "link":
        return {"url": urljoin(settings.PUBLIC_URL, str(node.attrs.get("href", "")))}
    return {"strong": {"strong": True}, "em": {"em": True}}.get(node.type, {})


def _run(text: str) -> Run:
    return {"text": text, "strong": False, "em": False, "url": ""}


_MAKERS: dict[str, Callable[[SyntaxTreeNode], Block]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "inline": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "table": _table,
    "blockquote": _quote,
    "fence": _code,
    "code_block": _code,
}
