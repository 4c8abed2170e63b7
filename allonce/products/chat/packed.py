"""Answers in the smallest form that the browser takes.

Only for what holds nothing secret: the length of a compressed answer tells about what stands in it.
"""

import gzip
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same answer, compressed by brotli or gzip where the browser takes either."""
    patch_vary_headers(response, ["Accept-Encoding"])
    accepted = request.headers.get("Accept-Encoding", "")
    for name in ("br", "gzip"):
        if name in accepted and response.status_code == 200:
            response.content = _pack(name, response.content)
            response["Content-Encoding"] = name
            break
    return response


@lru_cache(maxsize=1024)
def _pack(name: str, body: bytes) -> bytes:
    # The same few scripts go out again and again, so that the best compression costs nothing in the end.
    return brotli.compress(body, quality=11) if name == "br" else gzip.compress(body, 9, mtime=0)
