"""The letters in memory: capped, newest first, and telling whoever waits that something changed."""

import asyncio
from collections import OrderedDict

from allonce.kernel.post.mailbox.letters import Letter, LetterState

MOST_LETTERS = 1000
MOST_BYTES = 256 * 1024 * 1024


class Store:
    """All letters of the mailbox. Used from one event loop only, so it needs no locks."""

    def __init__(self, most_letters: int = MOST_LETTERS, most_bytes: int = MOST_BYTES) -> None:
        self.down = False
        self.change = 0
        self._letters: OrderedDict[str, Letter] = OrderedDict()
        self._bytes = 0
        self._most_letters = most_letters
        self._most_bytes = most_bytes
        self._waiting: set[asyncio.Event] = set()

    def add(self, letter: Letter) -> None:
        self._letters[letter.id] = letter
        self._bytes += len(letter.raw)
        while len(self._letters) > self._most_letters or self._bytes > self._most_bytes:
            _, oldest = self._letters.popitem(last=False)
            self._bytes -= len(oldest.raw)
        self.tell()

    def get(self, letter_id: str) -> Letter | None:
        return self._letters.get(letter_id)

    def mark(self, letter_id: str, state: LetterState) -> Letter | None:
        letter = self._letters.get(letter_id)
        if letter is None:
            return None
        self._letters[letter_id] = letter.with_state(state)
        self.tell()
        return self._letters[letter_id]

    def newest(self, recipient: str = "", words: str = "") -> list[Letter]:
        found = [letter for letter in self._letters.values() if _matches(letter, recipient, words)]
        return found[::-1]

    def with_message_id(self, message_id: str) -> list[Letter]:
        return [letter for letter in self._letters.values() if letter.message_id == message_id]

    def recipients(self) -> list[tuple[str, int]]:
        """Each address with its number of letters, by name."""
        counts: dict[str, int] = {}
        for letter in self._letters.values():
            counts[letter.recipient] = counts.get(letter.recipient, 0) + 1
        return sorted(counts.items())

    def clear(self) -> None:
        self._letters.clear()
        self._bytes = 0
        self.tell()

    def turn(self, down: bool) -> None:
        """Play a relay that is out of order, or stop doing so."""
        self.down = down
        self.tell()

    def tell(self) -> None:
        self.change += 1
        for event in self._waiting:
            event.set()

    async def next_change(self, seen: int, patience: float) -> int:
        """The change count as soon as it differs from `seen`, or after `patience` seconds."""
        if self.change != seen:
            return self.change
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            await asyncio.wait_for(event.wait(), patience)
        except TimeoutError:
            return self.change
        finally:
            self._waiting.discard(event)
        return self.change


def _matches(letter: Letter, recipient: str, words: str) -> bool:
    return (not recipient or letter.recipient == recipient) and (not words or letter.holds(words))
