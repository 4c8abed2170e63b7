"""The mails of this room: newsletters with everything that a marketing mail must say, and the opt-in link."""

import re
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from allonce.kernel import post
from allonce.kernel.legal.marketing import unsubscribe
from allonce.kernel.legal.marketing.models import Basis, Contact, Newsletter, Preference
from allonce.kernel.legal.marketing.services import contacts
from allonce.kernel.vault import INSTALL, Scope

KIND = "marketing.newsletter"
# No HTML of the writer's, and no pictures: a picture fetched from elsewhere tells when a mail was opened.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


def rendered(body: str) -> SafeString:
    """Markdown as HTML that holds nothing but text, headings, lists and links: the renderer escapes the rest."""
    return SafeString(_MARKDOWN.render(body))


def newsletter_mail(newsletter: Newsletter, contact: Contact, why: str) -> post.Mail:
    """The newsletter for one contact, with both ways out (RFC 8058, RFC 2369), our address and the reason why."""
    link = unsubscribe.link_for(contact, newsletter.purpose)
    shown = about(newsletter, link, why)
    person_id = contact.person_id
    return post.Mail(
        scope=Scope("person", person_id) if person_id else INSTALL,
        kind=KIND,
        to=contacts.email_of(contact),
        subject=newsletter.subject,
        text=render_to_string("marketing/letter.txt", shown),
        html=render_to_string("marketing/letter.html", shown),
        headers={
            "List-Unsubscribe": f"<{link}>, <mailto:{settings.OPERATOR_EMAIL}?subject={quote(_('Unsubscribe'))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        reply_to=settings.OPERATOR_EMAIL,
    )


def about(newsletter: Newsletter, link: str, why: str) -> dict[str, Any]:
    """What the letter's templates show."""
    body = rendered(newsletter.body)
    return {
        "subject": newsletter.subject,
        "heading": newsletter.subject,
        "body": body,
        "plain_body": newsletter.body.strip(),
        "preview": re.sub(r"\s+", " ", strip_tags(body)).strip()[:120],
        "unsubscribe_link": link,
        "why": why,
        "operator": settings.OPERATOR_NAME,
        "operator_address": settings.OPERATOR_ADDRESS,
        "site": settings.PUBLIC_URL,
    }


def reason(row: Preference) -> str:
    """Why somebody gets marketing mail, in a sentence."""
    day = row.source_on or (row.since.date() if row.since else None)
    said = f"{day:%d %b %Y}".lstrip("0") if day else ""
    if row.basis == Basis.SOFT_OPT_IN:
        what = _("your purchase") if row.source == "sale" else _("your enquiry")
        return _("You get this because of %(what)s on %(day)s, when you did not object.") % {"what": what, "day": said}
    if row.basis == Basis.INTEREST:
        return _("You get this at your business because we believe that it is of use to it. You can object.")
    return _("You get this because you asked for it on %s.") % said


def send_opt_in(email: str, token: str) -> None:
    """The link by which the holder of a mailbox says yes."""
    words = post.Words(
        subject=_("Do you want our newsletter?"),
        paragraphs=[_("Somebody, we hope you, typed this address into the form for our newsletter.")],
        action=post.Action(_("Yes, send it to me"), settings.PUBLIC_URL + reverse("marketing:confirm", args=[token])),
        closing=[
            _("If that was not you, do nothing: you will not hear from us, and the address is forgotten in a week.")
        ],
    )
    post.send(post.letter(INSTALL, "marketing.opt_in", email, words))


def postal_address() -> str:
    """Where the Operator can be written to; every marketing mail names it."""
    return str(settings.OPERATOR_ADDRESS).strip()
