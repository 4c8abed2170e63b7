"""RFC 3676: lines that a mail program broke for transport, joined again."""

import re

_QUOTES = re.compile(r">*")
SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """`text` sent as format=flowed, with its paragraphs on lines of their own."""
    joined: list[tuple[int, str]] = []
    flowing = False
    pieces: list[str] = []
    for raw in text.split("\n"):
        depth, line = _unstuffed(raw)
        # A paragraph never flows on into another depth of quoting, nor into or out of a signature.
        if flowing and joined[-1][0] == depth and line != SIGNATURE:
            pieces.append(line)
        else:
            joined = _ended(joined, pieces)
            joined.append((depth, ""))
            pieces = [line]
        flowing = line.endswith(" ") and line != SIGNATURE
        if flowing and delete_space:
            pieces[-1] = pieces[-1][:-1]
    return "\n".join(_quoted(depth, line) for depth, line in _ended(joined, pieces))


def _unstuffed(raw: str) -> tuple[int, str]:
    quotes = _QUOTES.match(raw)
    depth = quotes.end() if quotes else 0
    return depth, raw[depth:].removeprefix(" ")


def _ended(joined: list[tuple[int, str]], pieces: list[str]) -> list[tuple[int, str]]:
    if joined:
        joined[-1] = (joined[-1][0], "".join(pieces))
    return joined


def _quoted(depth: int, line: str) -> str:
    return f"{'>' * depth} {line}" if depth else line
