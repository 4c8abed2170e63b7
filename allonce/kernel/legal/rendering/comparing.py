"""What changed between two versions, paragraph by paragraph, in words that people can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it.token import Token

from allonce.kernel.legal.rendering.markdown import as_html, parser

ALIKE = 0.5
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Change:
    """One paragraph: added, removed, changed within, or a heading that says where we are."""

    kind: Literal["heading", "added", "removed", "changed"]
    html: SafeString


def compare(before: str, after: str) -> list[Change]:
    """All differences in reading order, each under the heading it stands under; empty if there are none."""
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Change] = []
    heading = ""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            heading = next((each for each in reversed(new[j1:j2]) if each.startswith("#")), heading)
            continue
        if heading:
            found.append(Change("heading", as_html(heading)))
            heading = ""
        found += _changes(old[i1:i2], new[j1:j2])
    return found


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    """Pairs paragraphs that are alike; whatever has no like was added or removed."""
    left = list(old)
    for paragraph in new:
        like = next((each for each in left if _alike(each, paragraph)), None)
        if like is None:
            yield Change("added", SafeString(f"<ins>{as_html(paragraph)}</ins>"))
            continue
        for gone in left[: left.index(like)]:
            yield _removed(gone)
        left = left[left.index(like) + 1 :]
        yield Change("changed", SafeString(f"<p>{_words(plain(like), plain(paragraph))}</p>"))
    yield from (_removed(gone) for gone in left)


def _removed(paragraph: str) -> Change:
    return Change("removed", SafeString(f"<del>{as_html(paragraph)}</del>"))


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= ALIKE


def _words(old: str, new: str) -> str:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(escape("".join(after[j1:j2])))
            continue
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        parts.append(f"<del>{escape(gone)}</del>" if gone else "")
        parts.append(f"<ins>{escape(come)}</ins>" if come else "")
    return "".join(parts)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def plain(text: str) -> str:
    """The words of a piece of Markdown without its signs."""
    return " ".join(_inside(token) for token in parser().parse(text) if token.type == "inline")


def _inside(token: Token) -> str:
    return "".join(" " if each.type == "softbreak" else each.content for each in token.children or [])
