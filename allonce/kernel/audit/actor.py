"""Who acts."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ActorKind = Literal["person", "device", "staff", "system"]


@dataclass(frozen=True)
class Actor:
    """Somebody, and through what: `via` is the id of the session or device that carried the act."""

    kind: ActorKind
    id: UUID | None = None
    via: UUID | None = None


SYSTEM = Actor("system")
