"""The addresses that a browser itself asks: to be woken or not, and for its worker's script."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.decorators import signed_in
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.services.sessions import actor_of
from allonce.kernel.errors import NotFound, UserError
from allonce.kernel.notices import waking
from allonce.kernel.post.push.subscriptions import SubscriptionRefused


@signed_in
@require_POST
def this_one(request: HttpRequest, session: SignInSession) -> HttpResponse:
    """`{"on": PushSubscription.toJSON()}` or `{"off": endpoint}`; errors as problem details."""
    try:
        said = json.loads(request.body)
        match said:
            case {"on": dict(subscription)}:
                waking.switch_on(session.person_id, subscription, actor=actor_of(session))
            case {"off": str(endpoint)}:
                waking.switch_off(session.person_id, endpoint, actor=actor_of(session))
            case _:
                raise SubscriptionRefused
    except UserError as error:
        return JsonResponse({"title": str(error.message), "code": error.code}, status=error.status)
    except ValueError:
        return JsonResponse({"title": str(SubscriptionRefused.message)}, status=SubscriptionRefused.status)
    return JsonResponse({})


@require_GET
def worker(_request: HttpRequest) -> HttpResponse:
    """The script that a woken browser runs: a file without data."""
    script = _script()
    if not script:
        raise NotFound
    made = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    made["Cache-Control"] = "no-cache"
    made["X-Content-Type-Options"] = "nosniff"
    return made


@cache
def _script() -> str:
    path = Path(f"{settings.BUILD_DIR}/office/notices_worker.js")
    return path.read_text() if path.is_file() else ""
