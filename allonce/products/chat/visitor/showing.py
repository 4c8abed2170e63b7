"""What a foreign page loads: the button's script, and the frame in which the chat lives."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET

from allonce.kernel.post import sms
from allonce.products.chat import ports
from allonce.products.chat.built import built_file, is_built
from allonce.products.chat.doors import Door, NoDoor, open_door
from allonce.products.chat.models import ChatClient
from allonce.products.chat.packed import packed
from allonce.products.chat.services import counting
from allonce.products.chat.services.files import LARGEST
from allonce.products.chat.services.starting import somebody_is_there

# Where a notice says how long what was written is kept.
KEPT_FOR = "{kept_for}"
SCRIPT = "text/javascript; charset=utf-8"
# JSON that stands in a script: "<" could end it, and two line ends of Unicode once ended statements.
_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@require_GET
def loader(request: HttpRequest, key: str) -> HttpResponse:
    """The one request before the chat is opened: a script that draws the button. Counts one impression."""
    try:
        door = open_door(key, request.GET.get("m", ""))
    except NoDoor as error:
        return _script(f"console.warn({in_script('Allonce: ' + str(error))});")
    built = built_file("chat_widget", "loader.js")
    if not built:
        return _script('console.warn("Allonce: the widget of this installation is not built. Run: make build");')
    online = somebody_is_there(door)
    counting.gather(door, "shown_online" if online else "shown_offline")
    made = _script(f"{built}({in_script(loader_config(request, door, online))});")
    made["Cache-Control"] = "public, max-age=30"
    return packed(request, made)


def loader_config(request: HttpRequest, door: Door, online: bool) -> dict[str, Any]:
    """How the button looks and behaves, and whether somebody answers."""
    shown = door.placement
    texts = texts_in(door.language)
    dropin = {
        "delay": shown.dropin_delay,
        "limit": shown.dropin_limit,
        "span_minutes": shown.dropin_span_minutes,
        "text": shown.dropin_text,
    }
    return {
        "key": shown.key,
        "origin": f"{request.scheme}://{request.get_host()}",
        "m": door.external_id,
        "online": online,
        "label": shown.label,
        "offline_label": shown.offline_label,
        "colour": shown.colour,
        "theme": shown.theme,
        "position": shown.position,
        "size": shown.size,
        "icon": shown.icon,
        "dropin": dropin if shown.dropin else None,
        "language": door.language,
        "direction": texts.get("direction", "ltr"),
        "texts": texts.get("loader", {}),
    }


@require_GET
@xframe_options_exempt
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The chat as a page of its own inside the foreign one; only the placement's sites may show it."""
    door = open_door(key, request.GET.get("m", ""))
    made = _page(request, door, full=False)
    sites = door.placement.sites
    made._csp_replace = {"frame-ancestors": [*sites, "'self'"] if sites else ["*"]}  # type: ignore[attr-defined]
    return made


@require_GET
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """The chat as a whole page, for links in mails and for codes to scan. It is shown in no frame."""
    return _page(request, open_door(key, request.GET.get("m", "")), full=True)


def _page(request: HttpRequest, door: Door, *, full: bool) -> HttpResponse:
    config = frame_config(door) | {"full": full, "key": door.placement.key, "m": door.external_id}
    counting.gather(door, "opened")
    named = {"language": door.language, "title": config["merchant"]}
    named |= {"direction": config["direction"], "logo": config["logo"]}
    shown = named | {"config": SafeString(in_script(config)), "built": is_built("chat_widget")}
    return packed(request, render(request, "chat/frame.html", shown))


def frame_config(door: Door) -> dict[str, Any]:
    """What the chat knows before anybody has typed: the business's own notice comes first (CHAT-DIRECTION)."""
    shown, client = door.placement, door.client
    texts = texts_in(door.language)
    return {
        "online": somebody_is_there(door),
        "merchant": client.shown_name,
        "logo": ports.logo_path(client),
        "notice": notice_of(client),
        "notice_url": client.notice_url,
        "greeting": shown.greeting,
        "prechat": {"ask_name": shown.ask_name, "ask_email": shown.ask_email, "required": shown.ask_required},
        "theme": {"colour": shown.colour, "theme": shown.theme},
        "language": door.language,
        "direction": texts.get("direction", "ltr"),
        "texts": texts.get("frame", {}),
        "max_file": LARGEST,
        "texting": sms.sms_offered() and sms.number_of(door.account_id) != "",
    }


def notice_of(client: ChatClient) -> str:
    """What stands above the first message; KEPT_FOR in the business's own words follows its setting of retention."""
    own = client.notice.replace(KEPT_FOR, time_in_words(client.retention_days))
    return own or default_notice(client.shown_name)


def time_in_words(days: int) -> str:
    """A number of days as people say it: in years where it is whole ones."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return _("a year") if years == 1 else _("%d years") % years
    return ngettext("%d day", "%d days", days) % days


def default_notice(name: str) -> str:
    """What stands above the first message where the business has not written a notice of its own."""
    return _(
        "What you write here goes to %(name)s, who uses it to answer you and is responsible for it. "
        "You need not give your name."
    ) % {"name": name}


def in_script(value: Any) -> str:
    """JSON that can stand in a script or a page without ending it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(_HARMLESS.get(letter, letter) for letter in text)


def texts_in(language: str) -> dict[str, Any]:
    """The widget's words in a language, or in the nearest that there is."""
    for code in dict.fromkeys((language, language.partition("-")[0], "en")):
        if code.replace("-", "").isalnum() and (found := built_file("chat_widget", f"languages/{code}.json")):
            texts: dict[str, Any] = json.loads(found)
            return texts
    return {}


def _script(text: str) -> HttpResponse:
    made = HttpResponse(text, content_type=SCRIPT)
    made["X-Content-Type-Options"] = "nosniff"
    # The page that loads it may be isolated from other origins; this script is meant for it.
    made["Cross-Origin-Resource-Policy"] = "cross-origin"
    return made
