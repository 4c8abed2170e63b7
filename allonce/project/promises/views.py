"""The public page of promises. It knows nobody: no cookie, no session, the same for all."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allonce.project.promises.claims import claims
from allonce.project.promises.observing import observed
from allonce.project.promises.register import SERVICES, RegisterBroken, register
from allonce.project.promises.standing import EXPLAINED, LOOKS, WORDS, Line, State, counted, lines


@dataclass(frozen=True)
class Share:
    """One piece of the picture: where it starts and how wide it is, in thousandths of the whole."""

    state: State
    count: int
    start: int
    width: int

    @property
    def word(self) -> Any:
        """The state in words."""
        return WORDS[self.state]

    @property
    def look(self) -> str:
        """The state as the design's colour and shape."""
        return LOOKS[self.state]

    @property
    def why(self) -> Any:
        """What the state means."""
        return EXPLAINED[self.state]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Every promise; `service` and `state` in the address choose, so that a choice can be passed on as a link."""
    try:
        found = register()
    except RegisterBroken:
        return render(request, "promises/promises.html", {"missing": True}, status=503)
    seen = observed([each.id for each in found.promises])
    all_lines = lines(found, claims(), seen.by_promise)
    service, state = _chosen(request.GET.get("service", ""), SERVICES), _chosen(request.GET.get("state", ""), WORDS)
    about = {
        "asked_at": seen.at,
        "shares": shares(all_lines),
        "total": len(all_lines),
        "lines": [line for line in all_lines if _fits(line, service, state)],
        "services": SERVICES.items(),
        "states": [(key, WORDS[key]) for key in counted(all_lines)],
        "service": service,
        "state": state,
        "picture": _in_words(all_lines),
    }
    return render(request, "promises/promises.html", about)


def shares(found: list[Line]) -> list[Share]:
    """The picture's pieces side by side; together they fill a thousand exactly."""
    counts = counted(found)
    edges = [round(sum_ * 1000 / len(found)) for sum_ in accumulate(counts.values(), initial=0)]
    return [
        Share(state, count, edges[place], edges[place + 1] - edges[place])
        for place, (state, count) in enumerate(counts.items())
    ]


def _in_words(found: list[Line]) -> str:
    """What the picture shows, for who hears it."""
    parts = [f"{WORDS[state]}: {count}" for state, count in counted(found).items()]
    return _("Of %(total)d promises") % {"total": len(found)} + ". " + ". ".join(parts)


def _chosen(given: str, known: Any) -> str:
    return given if given in set(known) else ""


def _fits(line: Line, service: str, state: str) -> bool:
    return service in {"", line.promise.service} and state in {"", line.state}
