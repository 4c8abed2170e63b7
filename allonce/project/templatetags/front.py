"""Template tags for what the front-end build made: scripts, styles and icons."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


class NotBuilt(Exception):
    """The front end has not been built, or lacks the named entry; `make build` makes it."""


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise NotBuilt(f"{path.parent.parent.name} is not built. Run: make build")
    manifest: dict[str, Any] = json.loads(path.read_text())
    return manifest


_kept_manifest = cache(_read_manifest)


def manifest_of(client: str) -> dict[str, Any]:
    """Vite's manifest of `client`, read afresh while developing."""
    # Joined as text: a literal from a template is a kind of string that paths refuse.
    path = Path(f"{settings.BUILD_DIR}/{client}/.vite/manifest.json")
    return _read_manifest(path) if settings.DEBUG else _kept_manifest(path)


@register.simple_tag
def vite(entry: str) -> SafeString:
    """Script and style elements for `client/page`, or for a client's own entry.

    Without a build the page stays readable: it comes unstyled and says nothing wrong.
    """
    client, _, page = entry.partition("/")
    try:
        manifest = manifest_of(client)
        chunk = manifest[f"src/{page or client}.ts"]
    except (NotBuilt, KeyError):
        if settings.DEBUG or settings.BUILD_DIR.exists():
            raise
        return SafeString("")
    styles = [(static(f"{client}/{css}"),) for css in dict.fromkeys(_styles(manifest, chunk, set()))]
    links = format_html_join("\n", '<link rel="stylesheet" href="{}">', styles)
    file = chunk["file"]
    return format_html('{}\n<script type="module" src="{}"></script>', links, static(f"{client}/{file}"))


def _styles(manifest: dict[str, Any], chunk: dict[str, Any], seen: set[str]) -> list[str]:
    found: list[str] = []
    for name in chunk.get("imports", []):
        if name not in seen:
            seen.add(name)
            found += _styles(manifest, manifest[name], seen)
    return [*found, *chunk.get("css", [])]


@register.simple_tag
def theme_script() -> SafeString:
    """The one script that must run before the first paint, so that a chosen theme never flashes."""
    try:
        file = manifest_of("office")["src/theme.ts"]["file"]
    except NotBuilt:
        return SafeString("")
    return format_html('<script src="{}"></script>', static(f"office/{file}"))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One of the house's line icons; with a label it is read aloud, without one it is decoration."""
    try:
        file = manifest_of("office")["src/icons.svg"]["file"]
    except (NotBuilt, KeyError):
        return SafeString("")
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static(f"office/{file}")
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', said, sprite, name)
