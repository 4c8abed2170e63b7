"""Where relays report: anymail's own views, mounted only where a signature or a secret is set up.

A webhook that nobody protects would let anybody declare mails bounced, so it does not exist.
"""

from typing import cast

from anymail.webhooks.base import AnymailCoreWebhookView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allonce.kernel.errors import NotFound

# Each relay's view, and the settings (in ANYMAIL) that hold what its signatures are checked with.
# SIGNED_BY_NOBODY: only the secret in the webhook's address (WEBHOOK_SECRET) protects it.
SIGNED_BY_NOBODY: tuple[str, ...] = ()
RELAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "amazon_ses": ("amazon_ses.AmazonSESTrackingWebhookView", SIGNED_BY_NOBODY),
    "brevo": ("brevo.BrevoTrackingWebhookView", SIGNED_BY_NOBODY),
    "mailersend": ("mailersend.MailerSendTrackingWebhookView", ("MAILERSEND_SIGNING_SECRET",)),
    "mailgun": ("mailgun.MailgunTrackingWebhookView", ("MAILGUN_WEBHOOK_SIGNING_KEY", "MAILGUN_API_KEY")),
    "mailjet": ("mailjet.MailjetTrackingWebhookView", SIGNED_BY_NOBODY),
    "mailtrap": ("mailtrap.MailtrapTrackingWebhookView", ("MAILTRAP_TRACKING_SECRET",)),
    "mandrill": ("mandrill.MandrillCombinedWebhookView", ("MANDRILL_WEBHOOK_KEY",)),
    "postal": ("postal.PostalTrackingWebhookView", ("POSTAL_WEBHOOK_KEY",)),
    "postmark": ("postmark.PostmarkTrackingWebhookView", SIGNED_BY_NOBODY),
    "resend": ("resend.ResendTrackingWebhookView", ("RESEND_SIGNING_SECRET",)),
    "sendgrid": ("sendgrid.SendGridTrackingWebhookView", ("SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY",)),
    "sparkpost": ("sparkpost.SparkPostTrackingWebhookView", SIGNED_BY_NOBODY),
    "unisender_go": ("unisender_go.UnisenderGoTrackingWebhookView", ("UNISENDER_GO_API_KEY",)),
}


@csrf_exempt
@require_http_methods(["POST", "HEAD"])
def relay_webhook(request: HttpRequest, relay: str) -> HttpResponse:
    """Take one report of `relay`. A wrong signature is answered with 400, an unprotected relay with 404."""
    if relay not in RELAYS or not _is_protected(relay):
        raise NotFound
    view = cast(type[AnymailCoreWebhookView], import_string(f"anymail.webhooks.{RELAYS[relay][0]}"))
    return cast(HttpResponse, view.as_view()(request))


def _is_protected(relay: str) -> bool:
    return any(settings.ANYMAIL.get(name) for name in ("WEBHOOK_SECRET", *RELAYS[relay][1]))
