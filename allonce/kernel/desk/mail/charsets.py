"""Bytes to text, whatever charset was named, or none."""

import codecs
import re

# What mails call a charset, and the wider one that their writers really used.
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
}
NAMED_OTHERWISE = {
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-unknown": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
}
# Python's codecs that are no charsets of mail, or warn, or take very long.
NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
SINGLE_BYTE = "cp1252"
_JAPANESE_SHIFT = re.compile(rb"\x1b[$(][@BJ]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """`text` with line feeds only, and nothing that a database or a page cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LONE_SURROGATES.sub("\ufffd", _CONTROLS.sub("", text))


def codec_of(charset: str) -> str | None:
    """The codec to read `charset` with, or None where there is no such charset."""
    wanted = charset.strip().strip("\"'").casefold()[:40]
    try:
        name = codecs.lookup(NAMED_OTHERWISE.get(wanted, wanted)).name
    except (LookupError, ValueError):
        return None
    return None if name in NO_CHARSETS or not _makes_text(name) else WIDER.get(name, name)


def _makes_text(name: str) -> bool:
    """Python has codecs from bytes to bytes, too; they refuse this."""
    try:
        return isinstance(b"text".decode(name), str)
    except UnicodeError:
        return True
    except LookupError:
        return False


def decode(content: bytes, charset: str = "") -> tuple[str, str]:
    """The text of `content`, and the code of what was wrong with its charset ("" for nothing)."""
    codec = codec_of(charset) if charset else None
    fault = "charset_unknown" if charset and codec is None else ""
    if codec == SINGLE_BYTE and not content.isascii() and is_utf8(content):
        return clean(content.decode()), "charset_wrong"
    if codec is not None:
        try:
            return clean(content.decode(codec)), fault
        except (UnicodeError, ValueError):
            fault = "charset_wrong"
    return clean(_guess(content)), fault


def is_utf8(content: bytes) -> bool:
    """Whether `content` is UTF-8. Two such bytes read as Latin letters make no word of any language."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _guess(content: bytes) -> str:
    if content.isascii() and _JAPANESE_SHIFT.search(content):
        return content.decode("iso2022_jp_ext", "replace")
    mostly = content.decode("utf-8", "replace")
    lost = mostly.count("\ufffd")
    read = sum(character > "\x7f" for character in mostly) - lost
    return mostly if not lost or read > lost else content.decode(SINGLE_BYTE, "replace")
