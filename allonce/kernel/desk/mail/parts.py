"""The tree of a mail: which parts are its text, which are files, which tell of a delivery."""

import mimetypes
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.utils import collapse_rfc2231_value

from allonce.kernel.desk.mail.charsets import clean, decode
from allonce.kernel.desk.mail.flowed import unflowed
from allonce.kernel.desk.mail.headers import decode_words, raw_value, words
from allonce.kernel.desk.mail.ids import normal_id
from allonce.kernel.desk.mail.markup import text_of
from allonce.kernel.desk.mail.transfer import content_of
from allonce.kernel.desk.mail.values import File

MOST_TEXT = 1_000_000
MOST_FILES = 500
DEEPEST = 40
WINMAIL = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
# Other ways to say what the text says already.
SAID_TWICE = frozenset({"text/x-amp-html", "text/watch-html"})
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})

_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}", re.ASCII)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE | re.ASCII)
_UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass
class Contents:
    """What was found in the tree."""

    texts: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    reports: list[Message] = field(default_factory=list)
    returned: list[Message] = field(default_factory=list)
    shown_ids: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def tell(self, fault: str) -> None:
        """Remember what was wrong, once."""
        if fault and fault not in self.faults:
            self.faults.append(fault)


def contents_of(message: Message) -> Contents:
    """All that `message` holds. A part that cannot be read is told of and left out, the others are read."""
    found = Contents()
    _take(message, found, 0)
    found.files = [_placed(file, found.shown_ids) for file in found.files[:MOST_FILES]]
    return found


def _take(part: Message, found: Contents, depth: int) -> None:
    try:
        if depth > DEEPEST:
            found.tell("nested_too_deep")
            return
        _take_by_type(part, found, depth)
    except Exception:  # noqa: BLE001 (what people send fails in many ways; one part's fault is not the mail's)
        found.tell("part_unreadable")


def _take_by_type(part: Message, found: Contents, depth: int) -> None:
    media_type = part.get_content_type()
    if media_type in SEALED:
        found.tell("encrypted")
    if media_type == "message/rfc822" or (media_type == "message/global" and part.is_multipart()):
        _take_mail(part, found)
    elif media_type == "message/delivery-status" and part.is_multipart():
        found.reports += _subparts(part)
    elif media_type == "multipart/alternative" and part.is_multipart():
        _take_best(part, found, depth)
    elif part.is_multipart():
        for each in _subparts(part):
            _take(each, found, depth + 1)
    else:
        _take_leaf(part, media_type, found, alone=depth == 0)


def _subparts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _take_mail(part: Message, found: Contents) -> None:
    """A mail in a mail stays whole, as a file: its text is not what this sender wrote."""
    inner = next(iter(_subparts(part)), None)
    if inner is None:
        found.files.append(_file(part, "message/rfc822", content_of(part)[0], found))
        return
    found.returned.append(inner)
    name = _name(part) or f"{_safe(words(inner, 'Subject')) or 'mail'}.eml"
    found.files.append(File(name, "message/rfc822", _bytes_of(inner, found), _content_id(part), inline=False))


def _bytes_of(inner: Message, found: Contents) -> bytes:
    try:
        return inner.as_bytes()
    except Exception:  # noqa: BLE001 (headers that the library read and cannot write)
        found.tell("attached_mail_rewritten")
        head = "\n".join(f"{name}: {value}" for name, value in inner.raw_items())
        body = inner.get_payload(decode=True)
        return head.encode("utf-8", "surrogateescape") + b"\n\n" + (body if isinstance(body, bytes) else b"")


def _take_best(part: Message, found: Contents, depth: int) -> None:
    """Of ways to say the same the plain text counts, if it says anything; files are kept from each."""
    ways: list[Contents] = []
    for each in _subparts(part):
        way = Contents(shown_ids=found.shown_ids)
        _take(each, way, depth + 1)
        ways.append(way)
        found.files += way.files
        found.reports += way.reports
        found.returned += way.returned
    best = next((way for way in ways if any(text.strip() for text in way.texts)), None)
    found.texts += best.texts if best else []
    for way in ways:
        for fault in way.faults:
            found.tell(fault)


def _take_leaf(part: Message, media_type: str, found: Contents, *, alone: bool) -> None:
    content, fault = content_of(part)
    found.tell(fault)
    if media_type in ("message/delivery-status", "text/rfc822-headers", "message/rfc822-headers"):
        _take_report(part, media_type, content, found)
    elif _is_text(part, media_type, alone=alone):
        if part.get_content_maintype() == "multipart":
            found.tell("boundary_broken")
        _take_text(part, media_type, content, found)
    elif (content or _name(part)) and media_type not in SAID_TWICE:
        found.files.append(_file(part, media_type, content, found))


def _is_text(part: Message, media_type: str, *, alone: bool) -> bool:
    """A text with a name is a file, unless it is all there is. HTML is shown: some programs name it."""
    if _disposition(part) == "attachment" or (_name(part) and media_type != "text/html" and not alone):
        return False
    # Parts without their boundary: better shown than lost.
    return media_type in ("text/plain", "text/html", "text/enriched") or part.get_content_maintype() == "multipart"


def _take_report(part: Message, media_type: str, content: bytes, found: Contents) -> None:
    if media_type == "message/delivery-status":
        blocks = re.split(rb"\r?\n\r?\n", content.strip())
        found.reports += [message_from_bytes(block) for block in blocks[:200]]
        return
    found.returned.append(message_from_bytes(content.lstrip()))
    found.files.append(_file(part, media_type, content, found))


def _take_text(part: Message, media_type: str, content: bytes, found: Contents) -> None:
    charset = parameter(part, "charset")
    if media_type == "text/html" and not charset and (said := _META_CHARSET.search(content[:4096])):
        charset = said[1].decode()
    text, fault = decode(content, charset)
    found.tell(fault)
    if media_type == "text/html":
        found.shown_ids.update(normal_id(each) for each in re.findall(r"cid:([^\"'\s>)]{1,300})", text, re.IGNORECASE))
        text, fault = text_of(text)
        found.tell(fault)
    elif parameter(part, "format").casefold() == "flowed":
        text = unflowed(text, delete_space=parameter(part, "delsp").casefold() == "yes")
    if len(text) > MOST_TEXT:
        found.tell("text_cut")
    found.texts.append(text[:MOST_TEXT])


def parameter(part: Message, name: str, header: str = "content-type") -> str:
    """A parameter of a header as text, however it was encoded; empty where there is none."""
    try:
        written = raw_value(part, header)
        if not written.isascii():
            # The library puts question marks for bare bytes; what we made of them it takes.
            part = Message()
            part[header] = written
        value = part.get_param(name, "", header)
        return str(collapse_rfc2231_value(value)).strip()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _disposition(part: Message) -> str:
    return raw_value(part, "Content-Disposition").partition(";")[0].strip().casefold()


def _name(part: Message) -> str:
    written = parameter(part, "filename", "content-disposition") or parameter(part, "name")
    return _safe(decode_words(written))


def _safe(name: str) -> str:
    """A name that no file system and no reader is deceived by."""
    tidy = _UNSAFE_IN_NAMES.sub("_", clean(name)).strip(" ._")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:20]}" if dot and stem else tidy[:170]


def _content_id(part: Message) -> str:
    return normal_id(raw_value(part, "Content-ID"))


def _file(part: Message, media_type: str, content: bytes, found: Contents) -> File:
    name = _name(part)
    media_type = media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream"
    if media_type in WINMAIL or name.casefold() == "winmail.dat":
        found.tell("winmail")
    if not name:
        ending = mimetypes.guess_extension(media_type) or ".bin"
        name = f"file-{len(found.files) + 1}{ending}"
    shown = _disposition(part) == "inline" and part.get_content_maintype() == "image"
    return File(name, media_type, content, _content_id(part), inline=shown)


def _placed(file: File, shown_ids: set[str]) -> File:
    """A picture is inline where the text shows it, or where it has an id, says so and no HTML contradicts."""
    inline = bool(file.content_id) and (file.content_id in shown_ids or (file.inline and not shown_ids))
    return File(file.name, file.media_type, file.content, file.content_id, inline)
