"""The console's page, the service worker that is woken when somebody rings, and what makes it installable."""

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.errors import NotFound
from allonce.products.chat.access import ANSWERING, access_agent
from allonce.products.chat.built import built_file, is_built
from allonce.products.chat.services.consumers import own_hosts

ICONS = {"icon-192.png": "any", "icon-512.png": "any", "icon-maskable-512.png": "maskable"}


# Pictures of listings lie on the sites of Merchants and Providers.
@require_GET
@csp_update({"img-src": ["https:", "http:"]})
@ensure_csrf_cookie
@office(*ANSWERING)
def inbox(request: HttpRequest, access: AccountAccess) -> HttpResponse:  # noqa: ARG001 (access_agent asks again)
    """The page that the console fills."""
    by = access_agent(request)
    config = {
        "api": "/chat/api/",
        "realtime": "/rt/v1/",
        "me": str(by.profile.id),
        "business": by.client.shown_name,
        # From other hosts the console loads a picture only when asked: its address came from a visitor's page.
        "hosts": sorted(own_hosts(by.account.id)),
    }
    shown = {"config": config, "client": by.client, "built": is_built("agent_console")}
    return render(request, "chat/inbox.html", shown)


@require_GET
def service_worker(_request: HttpRequest) -> HttpResponseBase:
    """The worker's script, at an address that lets it serve everything under /chat/."""
    script = built_file("agent_console", "sw.js")
    if not script:
        raise NotFound
    made = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    made["Service-Worker-Allowed"] = "/chat/"
    made["Cache-Control"] = "no-cache"
    made["X-Content-Type-Options"] = "nosniff"
    return made


@require_GET
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone or a desk needs to install the console."""
    said = {
        "id": "/chat/inbox/",
        "name": _("Allonce Chat"),
        "short_name": _("Chat"),
        "start_url": "/chat/inbox/",
        "scope": "/chat/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#1a5fb4",
        "icons": [_icon(name, purpose) for name, purpose in ICONS.items()],
    }
    made = JsonResponse(said, content_type="application/manifest+json")
    made["Cache-Control"] = "public, max-age=3600"
    return made


def _icon(name: str, purpose: str) -> dict[str, str]:
    size = "192" if "192" in name else "512"
    return {
        "src": static(f"agent_console/{name}"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
