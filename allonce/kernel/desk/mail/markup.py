"""HTML of mails to readable text. Nothing of it is ever run, fetched or shown as HTML."""

import re
from html.parser import HTMLParser

MOST_HTML = 2_000_000
# Fed in pieces, a mark that never ends is looked at once a piece and not once a letter.
PIECE = 16_384
LONGEST_TAG = 100_000
LONGEST_LINE = 20_000
MOST_OPEN_LINKS = 20

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    ["address", "article", "aside", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form"]
).union(
    ["header", "html", "main", "nav", "ol", "pre", "section", "table", "tbody", "thead", "tfoot", "tr", "ul"], HEADINGS
)
SPACED = frozenset(["p", "blockquote", *HEADINGS, "ul", "ol", "pre", "table"])
SILENT = frozenset(
    ["script", "style", "head", "title", "noscript", "template", "object", "iframe", "svg", "math", "select"]
)
VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "base", "area", "col", "embed", "source", "track", "wbr"])
RULE = "-" * 20

_DATA_ADDRESS = re.compile(r"data:[\w/+.;=-]{1,120},[A-Za-z0-9+/=%\s]*")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_TOO_MANY_LINES = re.compile(r"\n{3,}")
_WEB = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


def text_of(html: str) -> tuple[str, str]:
    """The readable text of `html`, and the code of what could not be read ("" for nothing)."""
    reader = _Reader()
    source = _without_comments(_DATA_ADDRESS.sub("data:,", html[:MOST_HTML]))
    for start in range(0, len(source), PIECE):
        reader.feed(source[start : start + PIECE])
        if len(reader.rawdata) > LONGEST_TAG:
            return reader.text(), "html_broken"
    reader.close()
    return reader.text(), "html_cut" if len(html) > MOST_HTML else ""


def _without_comments(html: str) -> str:
    """A comment that never ends goes on to the end, as browsers read it."""
    kept, start = [], 0
    while (begin := html.find("<!--", start)) >= 0:
        kept.append(html[start:begin])
        end = html.find("-->", begin + 2)
        if end < 0:
            return "".join(kept)
        start = end + 3
    # A "marked section" of Word (<![if …]>) is a comment for everybody else.
    return ("".join(kept) + html[start:]).replace("<![", "<?[")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._silent = 0
        self._preformatted = 0
        self._quotes = 0
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []

    def text(self) -> str:
        """What was read so far."""
        self._break()
        return _TOO_MANY_LINES.sub("\n\n", "\n".join(self._lines)).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self._silent += 1
        if self._silent:
            return
        if tag in SPACED:
            self._paragraph()
        elif tag in BLOCKS:
            self._break()
        self._open(tag, {name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "br":
                self._break(always=True)
            case "hr":
                self._break()
                self._lines.append(self._quoted(RULE))
            case "img":
                self._picture(attributes)
            case "td" | "th" if self._line:
                self._line += " "
            case "a" if len(self._links) < MOST_OPEN_LINKS:
                self._links.append((attributes.get("href", "").strip(), len(self._line)))
            case "ul" | "ol":
                self._lists.append(1 if tag == "ol" else None)
            case "li":
                self._item()
            case "blockquote":
                self._quotes += 1
            case "pre":
                self._preformatted += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        if self._silent:
            return
        if tag == "a":
            self._close_link()
        elif tag in SPACED:
            self._paragraph()
        elif tag in BLOCKS or tag == "li":
            self._break()
        self._close(tag)

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if len(self._line) > LONGEST_LINE:
            self._break()
        if not self._preformatted:
            said = _SPACES.sub(" ", data)
            self._line += said.lstrip(" ") if not self._line or self._line.endswith(" ") else said
            return
        first, *rest = data.split("\n")
        self._line += first
        for line in rest:
            self._break(always=True)
            self._line = line

    def _break(self, *, always: bool = False) -> None:
        line = self._line.rstrip()
        if line or always:
            self._lines.append(self._quoted(line))
        self._line = ""
        self._links = [(address, 0) for address, _at in self._links]

    def _paragraph(self) -> None:
        self._break()
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._quoted(""))

    def _quoted(self, line: str) -> str:
        return ("> " * min(self._quotes, 20) + line).rstrip() if self._quotes else line

    def _item(self) -> None:
        self._break()
        number = self._lists[-1] if self._lists else None
        if number is not None:
            self._lists[-1] = number + 1
        indent = "  " * min(max(0, len(self._lists) - 1), 10)
        self._line = indent + (f"{number}. " if number is not None else "- ")

    def _picture(self, attributes: dict[str, str]) -> None:
        source, said = attributes.get("src", "").strip(), attributes.get("alt", "").strip()
        if source.casefold().startswith("cid:"):
            self._line += f"[{source}]"
        elif said:
            self._line += f"[{_SPACES.sub(' ', said)}]"

    def _close_link(self) -> None:
        address, at = self._links.pop() if self._links else ("", 0)
        shown = self._line[at:].strip()
        bare = address.removeprefix("mailto:").rstrip("/")
        if (
            _WEB.match(address)
            and shown
            and bare not in shown
            and shown.rstrip("/") not in (bare, bare.split("//")[-1])
        ):
            self._line = f"{self._line.rstrip()} ({bare if address.startswith('mailto:') else address})"
