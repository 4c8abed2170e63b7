"""Names for the ways on which data leaves to a third party, so that a processor can be named for each."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

LOCAL = "local"
SMTP_BACKENDS = ("allonce.kernel.post.smtp.EmailBackend", "django.core.mail.backends.smtp.EmailBackend")


def mail_connector() -> str:
    """The configured mail relay as `mail:smtp.example.com` or `mail:mailgun`; "local" where no mail leaves."""
    backend = settings.EMAIL_BACKEND
    if backend in SMTP_BACKENDS:
        return LOCAL if is_this_machine(settings.EMAIL_HOST) else f"mail:{settings.EMAIL_HOST.casefold()}"
    if backend.startswith("django.core.mail.backends."):
        return LOCAL  # Django's others write to memory, files or the screen
    return _web_relay(backend.split(".")[-2])


def is_this_machine(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _web_relay(name: str) -> str:
    """One of anymail's backends, by its module; local where its address was set to this machine."""
    for setting, address in settings.ANYMAIL.items():
        own = setting.replace("_", "").casefold() == f"{name}apiurl".replace("_", "")
        if own and is_this_machine(urlsplit(str(address)).hostname or ""):
            return LOCAL
    return f"mail:{name}"
