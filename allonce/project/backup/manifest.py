"""What a backup holds, with checksums, sealed against changes by a code that only the root key makes."""

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from allonce.project.backup.container import Unreadable, checksum, derived_key

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """One folder of a backup: its kind, when and from which engine it was made, and each file's checksum."""

    kind: Literal["data", "keys"]
    made_at: str
    engine: str
    files: dict[str, str]
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Complete a backup's folder; without its manifest it is none."""
    facts = asdict(manifest)
    draft = folder / f"{NAME}.part"
    draft.write_text(json.dumps(facts | {"code": _code(facts)}, indent=2) + "\n")
    draft.replace(folder / NAME)


def read_manifest(folder: Path, kind: Literal["data", "keys"]) -> Manifest:
    """The checked manifest of a folder. Raises Unreadable, saying what is wrong."""
    facts = _facts(folder)
    code = str(facts.pop("code", ""))
    if not hmac.compare_digest(code, _code(facts)):
        raise Unreadable(f"{folder} was changed, or made under another root key (set ALLONCE_VAULT_ROOT_KEY)")
    if facts.get("kind") != kind or facts.get("format") != FORMAT:
        raise Unreadable(f"{folder} is no backup of {kind} that this version can read")
    manifest = Manifest(**facts)
    for name, digest in manifest.files.items():
        if not (folder / name).is_file() or checksum(folder / name) != digest:
            raise Unreadable(f"{folder / name} is missing or damaged")
    return manifest


def kind_of(folder: Path) -> Literal["data", "keys"]:
    """What a folder says it is; read_manifest() checks whether it speaks the truth. Raises Unreadable."""
    return "keys" if _facts(folder).get("kind") == "keys" else "data"


def _facts(folder: Path) -> dict[str, Any]:
    try:
        facts = json.loads((folder / NAME).read_text())
    except (OSError, ValueError) as error:
        raise Unreadable(f"{folder} holds no finished backup") from error
    if not isinstance(facts, dict):
        raise Unreadable(f"{folder} holds no finished backup")
    return facts


def _code(facts: dict[str, Any]) -> str:
    key = derived_key(b"manifest")
    return hmac.new(key, json.dumps(facts, sort_keys=True).encode(), sha256).hexdigest()
