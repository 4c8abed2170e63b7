"""Functions compiled to machine code, and where that code is kept between runs."""

import hashlib
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba
import numpy as np
from numba.core import config

P = ParamSpec("P")
R = TypeVar("R")
Int = Any
"""A whole number in compiled code, of Python's kind or numpy's."""

HERE = Path(__file__).parent


def _digest() -> str:
    # The library judges one source file at a time, yet these call each other across files: one edit renews all.
    sources = sorted(HERE.glob("*.py"))
    return hashlib.blake2b(b"".join(path.read_bytes() for path in sources), digest_size=8).hexdigest()


def _choose_folder() -> bool:
    """Keep machine code beside the byte code unless NUMBA_CACHE_DIR names a folder; false where neither is writable.

    Never in a folder that others may write to: what lies there is run.
    """
    if config.CACHE_DIR:  # type: ignore[attr-defined]
        return True
    if not os.access(HERE, os.W_OK):
        return False
    folder = HERE / "__pycache__" / f"compiled-{_digest()}"
    folder.mkdir(parents=True, exist_ok=True)
    config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    return True


KEPT = _choose_folder()
INTERPRETED = bool(getattr(config, "DISABLE_JIT", 0))
if INTERPRETED:
    # Products of scattering keys wrap around in compiled code, and so they shall here.
    warnings.filterwarnings("ignore", "overflow encountered in scalar", RuntimeWarning)


def records(count: int, kind: "np.dtype[np.void]") -> Any:
    """Empty records whose fields the compiled code reads as attributes; so does the interpreter, should it run it.

    With NUMBA_DISABLE_JIT=1 nothing is compiled: for a handful of members that is sooner done than compiling.
    """
    made = np.zeros(count, kind)
    return made.view(np.recarray) if INTERPRETED else made


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile on first call; without fast mathematics, so that every machine gets the same answer.

    Runs without the interpreter's lock, so threads may share out the work.
    """
    result: Callable[P, R] = numba.njit(cache=KEPT, nogil=True, error_model="numpy")(function)
    return result


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """As `compiled`, written into its callers: for what is called for each of many pairs."""
    result: Callable[P, R] = numba.njit(cache=KEPT, nogil=True, error_model="numpy", forceinline=True)(function)
    return result
