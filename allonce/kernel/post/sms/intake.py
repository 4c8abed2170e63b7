"""Where the gateway calls: checks the signature, keeps what is told once, and answers at once."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from allonce.kernel.errors import NotFound, TooLarge
from allonce.kernel.post.sms.gateway import configured
from allonce.kernel.post.sms.jobs import take
from allonce.kernel.post.sms.models import Heard, Incoming
from allonce.kernel.post.sms.ports import Told
from allonce.kernel.vault import INSTALL, keyed_hash

MOST_BYTES = 64 * 1024
MOST_AT_ONCE = 100


@csrf_exempt
@require_POST
def sms_webhook(request: HttpRequest, gateway: str) -> HttpResponse:
    """Take what the configured gateway tells. A wrong signature is answered with 400, another name with 404."""
    known = configured()
    if known is None or known.name != gateway:
        raise NotFound
    if len(request.body) > MOST_BYTES:
        raise TooLarge
    told = known.read(dict(request.headers), request.body)
    if len(told) > MOST_AT_ONCE:
        raise TooLarge
    for each in told:
        _keep_once(gateway, each)
    return HttpResponse(status=204)


def _keep_once(gateway: str, told: Told) -> None:
    """Store it and queue its job; what was told before changes nothing."""
    event_hash = keyed_hash(INSTALL, "post_sms.event", f"{gateway}:{told.event_id}")
    kind = Incoming.Kind.REPORT if told.state else Incoming.Kind.TEXT
    try:
        with transaction.atomic():
            Heard.objects.create(event_hash=event_hash)
            made = Incoming.objects.create(kind=kind, gateway=gateway, told=asdict(told))
            take.later(made.id)
    except IntegrityError:
        if not Heard.objects.filter(event_hash=event_hash).exists():
            raise
