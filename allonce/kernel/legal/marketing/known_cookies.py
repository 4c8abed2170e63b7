"""What the kernel keeps on devices: all of it needed. Products register their own."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.marketing.cookies import CHOICE, Kept

KEPT = (
    Kept("sessionid", _("Keeps you signed in while you work."), _("Two weeks after your last visit")),
    Kept(
        "csrftoken",
        _("Makes sure that a form was sent by you from our own page. Set by pages with a form."),
        _("One year"),
    ),
    Kept("messages", _("Carries a sentence such as “Kept.” to the next page."), _("Until that page is shown")),
    Kept(
        "known_browser",
        _("Lets you sign in from here while somebody elsewhere guesses at your password. Set when you sign in."),
        _("Six months"),
    ),
    Kept(CHOICE, _("Remembers what you chose on the page of cookies, and nothing else."), _("Six months")),
    Kept(
        "allonce.theme",
        _("Your choice of light or dark, made with the button. Never sent to us."),
        _("Until you clear this site's data"),
        where="device",
    ),
    Kept(
        "account-key:*",
        _("The public key of your account, so that nobody can exchange it unseen."),
        _("Until you clear this site's data"),
        where="device",
    ),
)
