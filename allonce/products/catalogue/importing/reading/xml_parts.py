"""Streams one XML part of an archive to a target, without a tree, entities or document types."""

import time
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol
from xml.etree.ElementTree import ParseError  # only the error type: parsing is defusedxml's

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from allonce.products.catalogue.importing import problems

CHUNK = 64 * 1024
SECONDS = 30.0


class Target(Protocol):
    """Receives elements by their local names."""

    def start(self, tag: str, attrs: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class Deadline:
    """Stops a reading that takes longer than anybody would wait; the wall clock says nothing, so it is monotonic."""

    def __init__(self, seconds: float = SECONDS, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._until = tick() + seconds

    def check(self) -> None:
        if self._tick() > self._until:
            raise problems.SheetTooSlow


def local(name: str) -> str:
    """`{namespace}cell` -> `cell`: suppliers' programs differ in namespaces, never in these names."""
    return name.rpartition("}")[2]


def stream(archive: zipfile.ZipFile, name: str, target: Target, deadline: Deadline) -> None:
    """Feeds the part to `target`. Raises the problem for damaged or hostile parts."""
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK):
                parser.feed(chunk)
                deadline.check()
        parser.close()
    except DefusedXmlException as error:
        raise problems.UnsafeSheet from error
    except (ParseError, KeyError, EOFError, zlib.error, zipfile.BadZipFile, ValueError) as error:
        raise problems.UnreadableSheet from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise problems.UnreadableSheet from error
