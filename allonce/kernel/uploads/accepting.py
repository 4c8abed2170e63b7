"""The one door for files."""

from collections.abc import Collection
from dataclasses import dataclass, field

from PIL import Image

from allonce.kernel.uploads import documents, pictures, scanner
from allonce.kernel.uploads.kinds import PICTURES, Kind, check_name, plain_name, recognise
from allonce.kernel.uploads.refusals import TooBig, WrongKind


@dataclass(frozen=True)
class Upload:
    """A file that may be kept. Pictures were encoded afresh, so `data` and `kind` may differ from what came."""

    kind: Kind
    data: bytes = field(repr=False)
    name: str = field(repr=False)


@dataclass(frozen=True)
class Bounds:
    """How large a picture may be: as a file, and in pixels, which a small file may hold far too many of."""

    max_bytes: int
    max_pixels: int = pictures.MOST_PIXELS


@dataclass(frozen=True)
class Picture:
    """A picture as pixels alone; `kind` is how it came."""

    kind: Kind
    image: Image.Image = field(repr=False)

    def written(self) -> Upload:
        """The picture encoded afresh, in its own kind where that is one of today's."""
        kind = pictures.WRITTEN[self.kind]
        return Upload(kind, pictures.encode(self.image, kind), "")

    def within(self, side: int) -> "Picture":
        """The same as a JPEG to be, no side longer than that."""
        smaller = self.image.copy()
        smaller.thumbnail((side, side))
        return Picture("jpeg", smaller)


def accept(data: bytes, name: str, allowed: Collection[Kind], max_bytes: int) -> Upload:
    """Check and clean one file. `name` is what the sender calls it; an empty one claims nothing.

    Raises TooBig, WrongKind, NotAsNamed, Unreadable, TooManyPixels, ActiveContent, Malware or ScannerDown.
    """
    kind = _checked(data, name, allowed, max_bytes)
    scanner.scan(data)
    if kind in PICTURES:
        written = pictures.WRITTEN[kind]
        return Upload(written, pictures.encode(pictures.decode(data, kind), written), plain_name(name))
    if kind == "pdf":
        documents.refuse_active(data)
    return Upload(kind, data, plain_name(name))


def accept_image(
    data: bytes,
    name: str,
    allowed: Collection[Kind],
    bounds: Bounds,
    *,
    in_memory_only: bool = False,
) -> Picture:
    """Like `accept`, for callers that scale the picture or bind its pixels; returns it decoded and upright.

    `in_memory_only` leaves a configured scanner out: it writes what it is sent to a file of its own, where what the
    server may never store must not lie. Such pictures go on as pixels alone.
    """
    kind = _checked(data, name, set(allowed) & PICTURES, bounds.max_bytes)
    if in_memory_only:
        scanner.refuse_test_file(data)
    else:
        scanner.scan(data)
    return Picture(kind, pictures.decode(data, kind, bounds.max_pixels))


def refuse_malware(data: bytes) -> None:
    """For files whose reader judges kind and size itself, in better words. Raises Malware or ScannerDown."""
    scanner.scan(data)


def _checked(data: bytes, name: str, allowed: Collection[Kind], max_bytes: int) -> Kind:
    if len(data) > max_bytes:
        raise TooBig
    scanner.refuse_test_file(data)
    kind = recognise(data)
    if kind not in allowed:
        raise WrongKind
    check_name(plain_name(name), kind)
    return kind
