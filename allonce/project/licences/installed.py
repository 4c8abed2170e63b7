"""What is installed here, with its licences: Python distributions, and packages bundled in the front end."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Literal

from django.conf import settings

from allonce.project.licences.recognise import agree, licence_of_text, licences_claimed

LICENCE_FILE = re.compile(r"(?i)(^|/)(licen[cs]es?|copying|unlicense|ofl)([-_.][^/]*)?$|/licenses/[^/]+$")
Origin = Literal["python", "front"]
State = Literal["agree", "disagree", "no_file", "no_claim", "unknown_text"]


@dataclass(frozen=True)
class Package:
    """One installed package: what it says its licence is, and the licence files it brings."""

    origin: Origin
    name: str
    version: str
    says: str
    texts: tuple[tuple[str, str], ...]

    @property
    def claimed(self) -> frozenset[str]:
        """Licences named by the metadata."""
        return licences_claimed(self.says)

    @property
    def found(self) -> frozenset[str]:
        """Licences recognised in the files."""
        return frozenset(name for _, text in self.texts if (name := licence_of_text(text)))

    @property
    def state(self) -> State:
        """Whether file and metadata agree, or why that cannot be said."""
        if not self.texts:
            return "no_file"
        if not self.found:
            return "unknown_text"
        if not self.claimed:
            return "no_claim"
        return "agree" if agree(self.claimed, self.found) else "disagree"


@cache
def packages() -> tuple[Package, ...]:
    """Everything installed, by name; read once per process, since a process sees no new installations."""
    return tuple(sorted([*_python(), *_front()], key=lambda package: (package.name.lower(), package.origin)))


def find(origin: str, name: str) -> Package | None:
    """One installed package, or None."""
    return next((each for each in packages() if each.origin == origin and each.name == name), None)


def _python() -> Iterator[Package]:
    seen = set()
    for distribution in distributions():
        name = distribution.metadata["Name"]
        if name and name not in seen and name != "allonce":
            seen.add(name)
            yield Package("python", name, distribution.version, _says(distribution), tuple(_texts(distribution)))


def _says(distribution: Distribution) -> str:
    """The metadata's own words: expression, then the old field if short, then classifiers."""
    metadata = distribution.metadata
    if "License-Expression" in metadata:
        return str(metadata["License-Expression"])
    old = str(metadata["License"]).strip() if "License" in metadata else ""
    classified = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    # Some put the whole text into the old field; its first line names it.
    first_line = old.splitlines()[0][:80] if old else ""
    return ", ".join(dict.fromkeys(part for part in [first_line, *classified] if part and part != "UNKNOWN"))


def _texts(distribution: Distribution) -> Iterator[tuple[str, str]]:
    for file in distribution.files or []:
        inside = ".dist-info/" in str(file)
        path = Path(str(distribution.locate_file(file)))
        if inside and LICENCE_FILE.search(str(file)) and path.is_file():
            yield file.name, path.read_text(encoding="utf-8", errors="replace")


def _front() -> Iterator[Package]:
    """The list that the front-end build wrote; without a build nothing is bundled."""
    path = settings.BUILD_DIR / "licences.json"
    if not path.exists():
        return
    for each in json.loads(path.read_text(encoding="utf-8")):
        texts = tuple((str(name), str(text)) for name, text in each["texts"])
        yield Package("front", each["name"], each["version"], each["licence"], texts)
