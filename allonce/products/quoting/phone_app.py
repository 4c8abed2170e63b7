"""Serves the phone's app as built by `make build`: a few static files under /mobile/, with headers of their own.

The app works without network, so this is only asked at the first load and when a newer version is out.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
PACKED: Final = (("br", ".br"), ("gzip", ".gz"))
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_EACH_TIME: Final = "no-cache"

POLICY: Final = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "blob:", "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "manifest-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
}


@require_safe
@csp(POLICY)
def index(request: HttpRequest) -> HttpResponse:
    """The app's one page, or a page that says it is not built."""
    if not (_folder() / "index.html").is_file():
        return render(request, "quoting/phone_not_built.html", status=503)
    return _answer(request, "index.html")


@require_safe
@csp(POLICY)  # type: ignore[arg-type]  # its types know only views without arguments
def app_file(request: HttpRequest, name: str) -> HttpResponse:
    """One of the files that the build made; 404 for anything else."""
    if name not in _names(_folder()):
        return HttpResponse(status=404, content_type="text/plain")  # a file is asked for, nobody reads a page
    return _answer(request, name)


def _folder() -> Path:
    return Path(settings.BUILD_DIR) / "phone"


def _names(folder: Path) -> frozenset[str]:
    index = folder / "index.html"
    return _listed(folder, index.stat().st_mtime_ns) if index.is_file() else frozenset()


@lru_cache(maxsize=1)
def _listed(folder: Path, _built_at: int) -> frozenset[str]:
    """What may be asked for: nothing that is not in this list ever becomes a path. Read again after each build."""
    files = (file for file in folder.rglob("*") if file.suffix in TYPES and ".vite" not in file.parts)
    return frozenset(file.relative_to(folder).as_posix() for file in files)


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    file = _folder() / name
    encoding, packed = _packed(request, file)
    answer = HttpResponse(packed.read_bytes(), content_type=TYPES[file.suffix])
    if encoding:
        answer["Content-Encoding"] = encoding
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = FOREVER if name.startswith("assets/") else ASK_EACH_TIME
    answer["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if name == "sw.js":
        answer["Service-Worker-Allowed"] = "/mobile/"
    return answer


def _packed(request: HttpRequest, file: Path) -> tuple[str, Path]:
    """The smallest form of a file that the browser takes; the build made them all."""
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in PACKED:
        packed = file.with_name(file.name + suffix)
        if encoding in accepted and packed.is_file():
            return encoding, packed
    return "", file


urlpatterns = [
    path("", index, name="phone_app"),
    path("<path:name>", app_file, name="phone_app_file"),
]
