"""How a phone takes the Catalogue: what changed since the version it holds, then the chunks that it lacks."""

import gzip

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from allonce.kernel.accounts.devices.access import access_device
from allonce.products.catalogue.publishing.delta import delta_from
from allonce.products.catalogue.queries.chunks import chunk_bytes, chunk_texts
from allonce.products.catalogue.schemas import ChunksIn, DeltaOut, SinceIn
from allonce.products.catalogue.services.editing import catalogue_of

router = Router(tags=["catalogue"])

WORTH_PACKING = 400
NEVER_CHANGES = "private, max-age=31536000, immutable"


@router.get("/catalogue/delta", response=DeltaOut, operation_id="catalogue_delta")
def delta(request: HttpRequest, span: Query[SinceIn]) -> HttpResponse:
    """What to take and what to drop to get from version `from` to the standing one."""
    device = access_device(request)
    change = delta_from(catalogue_of(device.account.id), span.held)
    answer = DeltaOut(
        version=change.version,
        root=change.root,
        base=change.base,
        changed=[(piece.path, piece.hash, piece.size) for piece in change.changed],
        removed=change.removed,
    )
    return _answer(
        request,
        answer.model_dump_json().encode(),
        "application/json",
        f"{change.base}-{change.root}",
        "private, no-cache",
    )


@router.post("/catalogue/chunks", response=dict[str, str], operation_id="catalogue_chunks")
def chunks(request: HttpRequest, wanted: ChunksIn) -> dict[str, str]:
    """The texts of these chunks, exactly as hashed, up to about a megabyte; ask again for what is absent."""
    device = access_device(request)
    return chunk_texts(catalogue_of(device.account.id), wanted.hashes)


@router.get("/catalogue/chunks/{digest}", operation_id="catalogue_chunk")
def chunk(request: HttpRequest, digest: str) -> HttpResponse:
    """One chunk's bytes, pictures too. They never change."""
    device = access_device(request)
    body = chunk_bytes(catalogue_of(device.account.id), digest)
    kind = "image/webp" if body.startswith(b"RIFF") else "application/json"
    return _answer(request, body, kind, digest, NEVER_CHANGES)


def _answer(request: HttpRequest, body: bytes, kind: str, tag: str, caching: str) -> HttpResponse:
    etag = f'"{tag}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _with_headers(HttpResponse(status=304), etag, caching)
    packed = len(body) > WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(gzip.compress(body, 6, mtime=0) if packed and kind != "image/webp" else body, kind)
    if packed and kind != "image/webp":
        answer["Content-Encoding"] = "gzip"
    return _with_headers(answer, etag, caching)


def _with_headers(answer: HttpResponse, etag: str, caching: str) -> HttpResponse:
    answer["ETag"] = etag
    answer["Cache-Control"] = caching
    answer["Vary"] = "Accept-Encoding, Authorization"
    return answer
