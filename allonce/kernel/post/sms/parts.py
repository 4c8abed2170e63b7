"""How many messages a text costs (3GPP TS 23.038 and 23.040)."""

# The default alphabet without its escape, and what its extension table adds at two septets each.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
# Units in a message alone, and in each of several, where a header takes its room.
SEPTETS = (160, 153)
UNITS = (70, 67)


def count_parts(text: str) -> int:
    """The number of messages that `text` travels in; no character is cut in two."""
    if all(each in BASIC or each in EXTENSION for each in text):
        return _count([2 if each in EXTENSION else 1 for each in text], *SEPTETS)
    return _count([2 if ord(each) > 0xFFFF else 1 for each in text], *UNITS)


def _count(sizes: list[int], alone: int, among: int) -> int:
    if sum(sizes) <= alone:
        return 1
    parts, room = 1, among
    for size in sizes:
        if size > room:
            parts, room = parts + 1, among
        room -= size
    return parts
