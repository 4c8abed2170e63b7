"""A device's short mark in quote numbers, such as K7 in JB-K7-00012: no two devices of a User share one."""

LETTERS = "KBTMDRGPFHSCVLNWJQXZ"
DIGITS = "72946853"


def next_mark(earlier: int) -> str:
    """The mark for a User's next device, given how many they had before. Unique for each count."""
    rest, letter = divmod(earlier, len(LETTERS))
    tail = DIGITS[rest % len(DIGITS)]
    while rest >= len(DIGITS):
        rest = rest // len(DIGITS) - 1
        tail = DIGITS[rest % len(DIGITS)] + tail
    return f"{LETTERS[letter]}{tail}"
