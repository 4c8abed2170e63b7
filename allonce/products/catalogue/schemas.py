"""The JSON of the Catalogue's device API."""

from ninja import Field, Schema


class SinceIn(Schema):
    """`from` is the version that the phone holds, 0 for none."""

    held: int = Field(0, alias="from", ge=0)


class DeltaOut(Schema):
    """`changed` lists [path, SHA-256 in hex, bytes]; with base 0 whatever was held before is dropped."""

    version: int
    root: str
    base: int
    changed: list[tuple[str, str, int]]
    removed: list[str]


class ChunksIn(Schema):
    """Hashes of the chunks wanted; ask again for those that an answer leaves out."""

    hashes: list[str] = Field(max_length=2000)
