"""Whose key protects a value."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from uuid import UUID

# "records" and "hold" protect what outlives its owner: what the law obliges to keep, and what a legal hold keeps.
ScopeKind = Literal["account", "person", "install", "records", "hold"]


@dataclass(frozen=True)
class Scope:
    """One owner of data keys: an account, a private person, the installation itself, or records kept beyond these."""

    kind: ScopeKind
    id: UUID

    def __str__(self) -> str:
        return self._text

    def __hash__(self) -> int:
        return hash(self.id.int)

    @cached_property
    def _text(self) -> str:
        return f"{self.kind}:{self.id.hex}"


INSTALL = Scope("install", UUID(int=0))
