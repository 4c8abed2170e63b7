"""Where sellers report: what is rightly signed is kept once and answered at once."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from allonce.kernel.billing.purchases import intake
from allonce.kernel.billing.sellers.configured import seller_of
from allonce.kernel.errors import TooLarge

MOST_BYTES = 256 * 1024


@csrf_exempt
@require_POST
def report(request: HttpRequest, seller: str) -> HttpResponse:
    """Take a report. A wrong signature is answered with 400, a seller that is not set up with 404."""
    known = seller_of(seller)
    if len(request.body) > MOST_BYTES:
        raise TooLarge
    for told in known.read(request.headers, request.body):
        intake.keep(known.code, told)
    return HttpResponse(status=204)
