"""Message ids, so that the same id is the same text wherever it stands, and ticket numbers."""

import re

LONGEST_ID = 998
MOST_REFERENCES = 100

_BRACKETED = re.compile(r"<([^<>]{1,2000})>")
_SPACES = re.compile(r"\s+")


def normal_id(written: str) -> str:
    """`written` without brackets and white space, its host in lower case. Empty where there is no id."""
    bare = _SPACES.sub("", written).strip("<>\"',;")
    left, at, host = bare.rpartition("@")
    return f"{left}{at}{host.lower()}"[:LONGEST_ID]


def ids_in(header: str) -> tuple[str, ...]:
    """The ids of a header such as References, in their order, each once; words around them are left out."""
    found = _BRACKETED.findall(header) or [word for word in re.split(r"[\s,]+", header) if "@" in word]
    ids = dict.fromkeys(normal_id(each) for each in found)
    ids.pop("", None)
    listed = tuple(ids)
    # The first names the conversation, the last ones are nearest.
    return listed if len(listed) <= MOST_REFERENCES else (listed[0], *listed[1 - MOST_REFERENCES :])


def first_id(header: str) -> str:
    """The id of a header that holds one, brackets or not."""
    return (*ids_in(header), normal_id(header) if " " not in header.strip() else "")[0]


def ticket_numbers(subject: str, prefix: str) -> tuple[int, ...]:
    """Numbers written as `[#T-1234]` or `T-1234`, ascending, each once."""
    written = re.compile(rf"(?<![\w-]){re.escape(prefix)}-([0-9]{{1,12}})(?![\w-])", re.IGNORECASE)
    return tuple(sorted({int(number) for number in written.findall(subject)}))
