"""Links to other people's sites: marked, without referrer, and through a page that says whose rules apply there."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from allonce.kernel.errors import NotFound

REL = "noopener noreferrer nofollow"
SALT = "legal.leaving"
_WEB = {"http", "https"}


def is_external(url: str) -> bool:
    """Whether this leads to a site that is not ours."""
    parts = urlsplit(url)
    ours = urlsplit(settings.PUBLIC_URL)
    return bool(parts.netloc) and parts.netloc != ours.netloc


def leaving_url(url: str) -> str:
    """The page that says you are leaving, with the target signed so that nobody else can make one."""
    return f"{reverse('legal:leaving')}?to={signing.Signer(salt=SALT).sign_object(url)}"


def target_of(token: str) -> str:
    """Where a leaving page leads; NotFound for a target that we never linked to."""
    try:
        url = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature as error:
        raise NotFound from error
    if urlsplit(str(url)).scheme not in _WEB:
        raise NotFound
    return str(url)


def external_link(url: str, text: str = "") -> SafeString:
    """A link to somebody else's site, marked as such; anything but http and https stays plain text."""
    if urlsplit(url).scheme not in _WEB:
        return format_html("{}", text or url)
    return format_html(
        '<a class="external" href="{}" rel="{}" referrerpolicy="no-referrer">{} '
        '<span class="external-mark">{}</span></a>',
        leaving_url(url),
        REL,
        text or url,
        mark(),
    )


def mark() -> str:
    """What stands behind a link to another site."""
    return _("(other site)")
