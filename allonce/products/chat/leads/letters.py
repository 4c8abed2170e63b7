"""The letters about leads: to the Client's people and systems, and to the visitor where they may be written to."""

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from allonce.kernel import post
from allonce.kernel.vault import Scope
from allonce.products.chat import ports
from allonce.products.chat.leads import adf
from allonce.products.chat.leads.branding import house_of
from allonce.products.chat.leads.models import Delivery, LeadSettings
from allonce.products.chat.leads.telling import Told, as_prospect, link_to

Way = Delivery.Way


def send(way: str, about: Told, wanted: LeadSettings, to: str) -> UUID:
    """Send the letter of this way once more; returns its row in the outbox."""
    if way == Way.ADF_MAIL:
        return send_adf(about, wanted, to)
    if way == Way.VISITOR:
        return send_to_visitor(about, to)
    return send_transcript(about, to) if way == Way.TRANSCRIPT else send_lead(about, to)


def send_lead(about: Told, to: str) -> UUID:
    """Tell a person of the Client that somebody asked for something."""
    again = _("asked again") if about.lead.is_duplicate else _("asked")
    who = about.name or _("A visitor")
    words = post.Words(
        subject=_("%(who)s %(asked)s about %(about)s") % {"who": who, "asked": again, "about": about.about},
        paragraphs=[*_facts(about), *_said(about)],
        action=post.Action(_("Open the lead"), link_to(about.lead)),
        closing=_closing(about),
    )
    return _send(about, "chat.lead", to, words)


def send_transcript(about: Told, to: str) -> UUID:
    """Tell a person of the Client what was said."""
    words = post.Words(
        subject=_("What was said with %(who)s about %(about)s")
        % {"who": about.name or _("a visitor"), "about": about.about},
        paragraphs=[*_facts(about), *_said(about)],
        action=post.Action(_("Open the lead"), link_to(about.lead)),
        closing=_closing(about),
    )
    return _send(about, "chat.transcript", to, words)


def send_adf(about: Told, wanted: LeadSettings, to: str) -> UUID:
    """Send a system the lead as ADF: text alone, since such readers know neither parts nor HTML."""
    mail = post.Mail(
        scope=Scope("account", about.lead.account_id),
        kind="chat.adf",
        to=to,
        subject=_("Lead from %s") % about.source,
        text=adf.write(as_prospect(about, wanted)),
        from_name=about.client.shown_name,
        text_only=True,
    )
    return post.send(mail)


def send_to_visitor(about: Told, to: str) -> UUID:
    """Send the visitor what was said, in the Client's name. The caller asked whether this address may be written to."""
    name = about.client.shown_name
    words = post.Words(
        subject=_("Your conversation with %s") % name,
        paragraphs=[_("You asked for a copy of what was said. Here it is."), about.transcript],
        closing=[_("This is sent once, because you asked for it.")],
    )
    mail = post.letter(
        Scope("account", about.lead.account_id), "chat.visitor_transcript", to, words, house=house_of(about.client)
    )
    return post.send(replace(mail, from_name=name))


def _send(about: Told, kind: str, to: str, words: post.Words) -> UUID:
    words = replace(words, subject=" ".join(words.subject.split())[:200])
    mail = post.letter(Scope("account", about.lead.account_id), kind, to, words)
    reachable = bool(about.email) and ports.may_contact(about.lead.account_id, about.lead.consumer)
    return post.send(replace(mail, reply_to=about.email if reachable else "", from_name=about.client.shown_name))


def _facts(about: Told) -> list[str]:
    """Who, how to reach them, what about, from where: one line each, those that are known."""
    facts = (
        (_("Name"), about.name),
        (_("Email"), about.email),
        (_("Telephone"), about.phone),
        (_("About"), " ".join(str(about.listing.get(each) or "") for each in ("title", "price", "url")).strip()),
        (_("Page"), str(about.page.get("url") or "")),
        (_("Came from"), about.source),
        (_("Answered by"), about.agent),
    )
    return ["\n".join(f"{name}: {value}" for name, value in facts if value)]


def _said(about: Told) -> list[str]:
    return [about.transcript or _("Nothing was written.")]


def _closing(about: Told) -> list[str]:
    if not ports.may_contact(about.lead.account_id, about.lead.consumer):
        return [_("This visitor asked not to be contacted any more. Do not write or call.")]
    return [_("Answer this mail to write to the visitor.")] if about.email else []
