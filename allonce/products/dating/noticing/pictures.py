"""What can be said of a picture without knowing what it shows: honest measures, each a hint for whoever looks at it.

No model is at work here. None of these findings refuses or shows anything.
"""

import io
from dataclasses import dataclass

import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

SIDE = 256
# Prints of pictures with less structure than this agree by chance.
LEAST_QUALITY = 50
# Two prints with no more differing bits of 256 are of one picture (the measure that PDQ's authors recommend).
SAME = 31
BLURRED_BELOW = 12.0
FEW_COLOURS = 500
SKIN_FROM = 0.45


@dataclass(frozen=True)
class Seen:
    """`print` is empty where the picture has too little structure to be known again. Shares go from 0 to 1."""

    print: bytes
    sharpness: float
    colours: int
    skin: float

    @property
    def codes(self) -> list[str]:
        """What is worth a second look."""
        hints = {
            "blurred": self.sharpness < BLURRED_BELOW,
            "drawing": self.colours < FEW_COLOURS,
            "skin": self.skin >= SKIN_FROM,
        }
        return [code for code, found in hints.items() if found]


def look(data: bytes) -> Seen:
    """Measure a picture that was accepted as one."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    small = image.copy()
    small.thumbnail((SIDE, SIDE))
    pixels = np.asarray(small)
    vector, quality = pdqhash.compute(np.asarray(image))
    mark = np.packbits(vector.astype(np.uint8)).tobytes() if quality >= LEAST_QUALITY else b""
    return Seen(mark, _sharpness(pixels), _colours(pixels), _skin(pixels))


def alike(mark: bytes, others: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of the prints (shape (n, 32), uint8) are of the same picture."""
    differing = np.bitwise_xor(others, np.frombuffer(mark, np.uint8))
    found: NDArray[np.bool_] = np.bitwise_count(differing).sum(axis=1) <= SAME
    return found


def _sharpness(pixels: NDArray[np.uint8]) -> float:
    """Variance of the Laplacian of the brightness: low where there is no edge."""
    grey = pixels.mean(axis=2)
    edges = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    return float(edges.var())


def _colours(pixels: NDArray[np.uint8]) -> int:
    """Different colours in steps of eight: photographs have thousands, drawings and plain pictures few."""
    steps = (pixels >> 3).astype(np.uint32)
    return int(np.unique((steps[..., 0] << 10) | (steps[..., 1] << 5) | steps[..., 2]).size)


def _skin(pixels: NDArray[np.uint8]) -> float:
    """The share of pixels whose chrominance is that of skin of any shade (YCbCr bounds of Chai and Ngan)."""
    red, green, blue = (pixels[..., band].astype(np.float32) for band in range(3))
    cb = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue
    cr = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue
    return float(((cb >= 77) & (cb <= 127) & (cr >= 133) & (cr <= 173)).mean())
