"""The fixed words of documents and mails, and the shop's texts until it writes its own."""

from django.utils.translation import gettext as _

KINDS = ("quote", "order", "invoice")


def title_of(kind: str, number: str) -> str:
    """The document's own name, such as Quote JB-K7-00012."""
    names = {"quote": _("Quote"), "order": _("Order confirmation"), "invoice": _("Invoice")}
    return f"{names[kind]} {number}"


def labels() -> dict[str, str]:
    """What stands beside the figures, by key."""
    return {
        "to": _("For"),
        "page": _("Page"),
        "item": _("Item"),
        "quantity": _("Qty"),
        "price": _("Price"),
        "notes": _("Notes"),
        "terms": _("Terms"),
        "payment": _("How to pay"),
        "signature": _("Agreed"),
        "signature_of": _("Signature of"),
        "alternatives": _("Alternatives for the same windows"),
        "proposal": _("Proposal"),
        "total": _("Total"),
        "difference": _("Difference"),
        "fitter": _("For the fitter"),
        "note": _("Note:"),
        "pictures": _("Pictures"),
    }


def default_intro(kind: str) -> str:
    return {
        "quote": _("Thank you for inviting us to measure. This is our price for what we agreed in your home."),
        "order": _("Thank you for your order. Please read sizes and colours once more: we make to them."),
        "invoice": _("Thank you for your order. This is your invoice."),
    }[kind]


def default_closing(kind: str) -> str:
    return _("This price holds until {valid_until}.") if kind == "quote" else ""


def default_subject(kind: str) -> str:
    return {
        "quote": _("Your quote {number} from {shop}"),
        "order": _("Your order {number} with {shop}"),
        "invoice": _("Your invoice {number} from {shop}"),
    }[kind]


def default_mail(kind: str) -> str:
    opening = _("Dear {customer},")
    middle = {
        "quote": _("Your quote {number} is attached: {total} in all, valid until {valid_until}."),
        "order": _("Your order {number} is confirmed in the attachment: {total} in all, deposit {deposit}."),
        "invoice": _("Your invoice {number} over {total} is attached."),
    }[kind]
    ending = _("If anything is unclear, just reply to this mail.")
    return "\n\n".join([opening, middle, ending, "{shop}"])
