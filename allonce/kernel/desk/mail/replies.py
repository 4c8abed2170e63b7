"""What the sender newly wrote: their text without what they quoted, signed with or were warned by."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allonce.kernel.desk.mail import phrases

LONGEST_ATTRIBUTION = 4
LONGEST_LINE = 400
HEADER_BLOCK = 8
LONGEST_BANNER = 6


def reply_of(text: str, subject: str = "") -> str:
    """The new part of `text`; all of it where that would be nothing. A forwarded mail stays with its cover note."""
    lines = _without_banner(text.split("\n"))
    own = _Own(forwarding=bool(phrases.FORWARDING_SUBJECT.match(subject)))
    at = 0
    while at < len(lines):
        at = own.read(lines, at)
    return _tidy(own.lines) or _tidy(lines) or text.strip()


@dataclass
class _Own:
    """Reads line by line and keeps what is the sender's own."""

    forwarding: bool
    lines: list[str] = field(default_factory=list)
    _signed: bool = False

    def read(self, lines: Sequence[str], at: int) -> int:
        """Takes in the line at `at`; returns where to read on."""
        line = lines[at]
        if line.startswith(">"):
            self._signed = False
            return at + 1
        if phrases.FORWARDED.match(line[:LONGEST_LINE]) or (self.forwarding and begins_headers(lines, at)):
            self.lines += lines[at:]
            return len(lines)
        if (length := attribution_at(lines, at)) and _is_marked(lines, at + length):
            self._signed = False
            return at + length
        if length and phrases.WRITTEN_BY_MACHINE.search(" ".join(lines[at : at + length])):
            return len(lines)
        if phrases.ORIGINAL.match(line[:LONGEST_LINE]) or begins_headers(lines, at) or _begins_footer(lines, at):
            return len(lines)
        self._keep(line)
        return at + 1

    def _keep(self, line: str) -> None:
        if phrases.SIGNATURE.match(line) and any(each.strip() for each in self.lines):
            self._signed = True
        if not self._signed:
            self.lines.append(line)


def attribution_at(lines: Sequence[str], at: int) -> int:
    """How many lines from `at` say "On … wrote:"; 0 where they do not."""
    joined = ""
    for length, line in enumerate(lines[at : at + LONGEST_ATTRIBUTION], start=1):
        if not line.strip() or len(line) > LONGEST_LINE or (joined and phrases.BEGINS_ATTRIBUTION.match(line)):
            return 0
        joined = f"{joined} {line.strip()}".strip()
        if joined.endswith(":") and any(map(str.isdigit, joined)) and phrases.ATTRIBUTION.match(joined):
            return length
    return 0


def _is_marked(lines: Sequence[str], at: int) -> bool:
    """Whether the quote that follows marks its lines, so that what stands between and below is new."""
    following = next((line for line in lines[at:] if line.strip()), "")
    return following.startswith(">")


def begins_headers(lines: Sequence[str], at: int) -> bool:
    """Whether an Outlook block (From, Sent, To, Subject) begins here."""
    if not phrases.HEADER_FROM.match(lines[at][:LONGEST_LINE]):
        return False
    block = [line[:LONGEST_LINE] for line in lines[at + 1 : at + HEADER_BLOCK] if line.strip()]
    sent, to, subject = (any(name.match(line) for line in block[:5]) for name in phrases.HEADER_OTHERS)
    # Forms and bookings have a From and a To, too; only mails have a subject.
    return subject and (sent or to)


def _begins_footer(lines: Sequence[str], at: int) -> bool:
    """What a mailing list adds below each mail."""
    if not phrases.LIST_FOOTER.match(lines[at]):
        return False
    below = " ".join(lines[at + 1 : at + 4]).casefold()
    return "mailing list" in below or "listinfo" in below


def _without_banner(lines: Sequence[str]) -> list[str]:
    """Without the warning that a company's own server puts above each mail from outside."""
    start = next((at for at, line in enumerate(lines) if line.strip(" \t-_=*")), 0)
    if not lines or not phrases.BANNER.match(lines[start][:LONGEST_LINE]):
        return list(lines)
    end = next((at for at in range(start, len(lines)) if not lines[at].strip(" \t-_=*")), len(lines))
    banner = " ".join(lines[start:end])
    if end - start > LONGEST_BANNER or end == len(lines) or not phrases.BANNER_SAYS.search(banner[:2000]):
        return list(lines)
    return list(lines[end:])


def _tidy(lines: Sequence[str]) -> str:
    """Without rules, empty lines and a telephone's own line at the end."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or phrases.RULE.match(kept[-1]) or _is_devices(kept)):
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(line.rstrip() for line in kept)


def _is_devices(kept: Sequence[str]) -> bool:
    """Whether the last line is a telephone's. It is nobody's text, unless it is all there is."""
    return bool(phrases.DEVICE.match(kept[-1][:LONGEST_LINE])) and any(line.strip() for line in kept[:-1])
