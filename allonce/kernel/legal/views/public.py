"""Legal texts as anybody reads them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allonce.kernel.errors import NotFound
from allonce.kernel.legal import links, queries
from allonce.kernel.legal.authority import authority
from allonce.kernel.legal.documents import document as document_of
from allonce.kernel.legal.models import Version
from allonce.kernel.legal.rendering.comparing import compare
from allonce.kernel.legal.rendering.markdown import as_html


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    return render(request, "legal/library.html", {"shelves": queries.library(), "authority": authority()})


@require_GET
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force; before the first one is, the one to come."""
    document_of(slug)
    shown = queries.current(slug) or next(iter(queries.coming(slug)), None)
    if shown is None:
        raise NotFound
    return _page(request, shown)


@require_GET
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _page(request, queries.version(slug, number))


@require_GET
def differences(request: HttpRequest, slug: str, before: int, after: int) -> HttpResponse:
    old, new = queries.version(slug, before), queries.version(slug, after)
    about = {"document": document_of(slug), "before": old, "after": new, "changes": compare(old.text, new.text)}
    return render(request, "legal/differences.html", about)


@require_GET
def leaving(request: HttpRequest) -> HttpResponse:
    """Says that another site's policies apply; leads only where one of our own pages linked to."""
    target = links.target_of(request.GET.get("to", ""))
    answer = render(request, "legal/leaving.html", {"target": target, "rel": links.REL})
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _page(request: HttpRequest, shown: Version) -> HttpResponse:
    others = queries.versions_of(shown.document)
    about = {
        "document": document_of(shown.document),
        "version": shown,
        "current": queries.current(shown.document),
        "coming": queries.coming(shown.document),
        "versions": others,
        "before": next((each for each in others if each.number == shown.number - 1), None),
        "html": as_html(shown.text),
    }
    return render(request, "legal/document.html", about)
