"""The texts that come with the house."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from allonce.kernel.legal.documents import Document

_TEXTS = Path(__file__).parent / "texts"

DOCUMENTS = (
    Document(
        "terms",
        "terms",
        _("Terms of use"),
        _("What you may expect of us, and what we expect of you."),
        _TEXTS / "terms.md",
        agreeing="everybody",
        order=10,
    ),
    Document(
        "privacy",
        "privacy",
        _("Privacy policy"),
        _("What is held of you, why, for how long, and what you can do about it."),
        _TEXTS / "privacy.md",
        order=20,
    ),
    Document(
        "privacy-field",
        "privacy",
        _("Privacy policy for Setup and Mobile"),
        _("What becomes of orders, customers and devices in the field service."),
        _TEXTS / "privacy-field.md",
        service="field",
        order=21,
    ),
    Document(
        "cookies",
        "cookies",
        _("Cookie policy"),
        _("What this site keeps in your browser, and what needs your choice."),
        _TEXTS / "cookies.md",
        order=30,
    ),
    Document(
        "acceptable-use",
        "acceptable_use",
        _("Acceptable use"),
        _("What must not be put in or done here, and what happens if it is."),
        _TEXTS / "acceptable-use.md",
        order=40,
    ),
    Document(
        "processing",
        "processing",
        _("Data processing agreement"),
        _("How we handle personal data on behalf of a business."),
        _TEXTS / "processing.md",
        agreeing="owners",
        order=50,
    ),
)
