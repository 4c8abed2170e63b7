"""RFC 8601: what our own mail server found out about who sent a mail."""

import re
from collections.abc import Mapping
from email.message import Message

from allonce.kernel.desk.mail.headers import raw_values

METHODS = ("dkim", "spf", "dmarc")
LONGEST_FIELD = 4_000
RESULTS = frozenset({"pass", "fail", "softfail", "neutral", "none", "policy", "temperror", "permerror"})

_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_RESULT = re.compile(r"^\s*([a-z0-9-]+)(?:/\d+)?\s*=\s*([a-z]+)\b", re.IGNORECASE)


def authentication_of(message: Message, authserv_id: str) -> Mapping[str, str]:
    """Results by method from the topmost field of `authserv_id`; empty without such a field or id.

    Anybody can write such a field: the server of that id must remove those that came with the mail.
    """
    wanted = authserv_id.strip().casefold()
    for value in raw_values(message, "Authentication-Results"):
        server, _semicolon, results = _bare(value[:LONGEST_FIELD]).partition(";")
        if wanted and server.split() and server.split()[0].casefold() == wanted:
            return _results(results)
    return {}


def _bare(value: str) -> str:
    """Without comments, which nest, and with quoted text emptied: both may hold what looks like a result."""
    value = _QUOTED.sub('""', value) if not value.startswith('"') else value.replace('"', "", 2)
    for _level in range(5):
        value, replaced = _COMMENT.subn(" ", value)
        if not replaced:
            break
    return value


def _results(written: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for piece in written.split(";"):
        result = _RESULT.match(piece)
        if result is None or result[1].lower() not in METHODS or result[2].lower() not in RESULTS:
            continue
        method, said = result[1].lower(), result[2].lower()
        # Of several signatures one good one is enough; otherwise the first stands.
        if found.get(method) is None or said == "pass":
            found[method] = said
    return found
