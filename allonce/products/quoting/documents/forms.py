"""The form with which a shop sets its documents."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from allonce.products.quoting.documents import words
from allonce.products.quoting.documents.contract import Brand
from allonce.products.quoting.documents.fields import unknown_fields

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ONE_LINE = ("name", "email", "phone", "website", "vat_number", "company_number", "accent", "paper", "units", "terms")
TOGGLES = ("show_item_prices", "show_sizes", "show_drawings", "show_alternatives")
# Shop's texts for each kind of document: name of the text, its fixed beginning, whether it is a single line.
TEXTS = (
    ("intro", words.default_intro, False),
    ("closing", words.default_closing, False),
    ("subject", words.default_subject, True),
    ("body", words.default_mail, False),
)
TEXT_LABELS = {
    "intro": _("Before the items"),
    "closing": _("After the items"),
    "subject": _("Mail subject"),
    "body": _("Mail text"),
}


def _short(label: Any, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=required, help_text=hint)


def _long(label: Any, rows: int, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=8000, required=False, help_text=hint, widget=area)


class BrandForm(forms.Form):
    """Everything but the logo; one set of texts for each kind of document."""

    name = _short(_("Name of the business"), required=True)
    address = _long(_("Address"), 3)
    phone = _short(_("Phone"))
    email = forms.EmailField(label=_("Email"), help_text=_("Customers' replies go here."))
    website = _short(_("Website"))
    vat_number = _short(_("VAT number"))
    company_number = _short(_("Company number"))
    accent = forms.CharField(label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"}))
    paper = forms.ChoiceField(label=_("Paper"), choices=[("a4", "A4"), ("us-letter", "Letter")])
    units = forms.ChoiceField(label=_("Sizes in"), choices=[("mm", "mm"), ("cm", "cm"), ("inch", _("inches"))])
    show_item_prices = forms.BooleanField(label=_("A price beside each item"), required=False)
    show_sizes = forms.BooleanField(label=_("Sizes"), required=False)
    show_drawings = forms.BooleanField(label=_("A drawing of each window, to scale"), required=False)
    show_alternatives = forms.BooleanField(label=_("Alternatives with their totals"), required=False)
    payment_details = _long(_("How to pay"), 3, _("Shown on orders and invoices."))
    terms = _long(_("Terms"), 8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in words.KINDS:
            for text, _default, one_line in TEXTS:
                label = TEXT_LABELS[text]
                self.fields[f"{kind}_{text}"] = _short(label) if one_line else _long(label, 3 if text != "body" else 8)
        for field in self.fields.values():
            _dress(field)

    def clean_accent(self) -> str:
        colour: str = self.cleaned_data["accent"]
        if not COLOUR.fullmatch(colour):
            raise forms.ValidationError(_("Choose a colour, such as #0b6e6e."))
        return colour

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and (unknown := unknown_fields(text)):
                self.add_error(name, _("No document knows the field {%(field)s}.") % {"field": unknown[0]})
        return cleaned

    def text_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The texts by kind of document, for the template."""
        return [(kind, [self[f"{kind}_{text}"] for text, *_rest in TEXTS]) for kind in words.KINDS]


def _dress(field: forms.Field) -> None:
    kinds: dict[type, str] = {forms.CheckboxInput: "form-check-input", forms.Select: "form-select"}
    field.widget.attrs["class"] = kinds.get(type(field.widget), "form-control")


def initial_of(brand: Brand) -> dict[str, Any]:
    """What the form shows for `brand`."""
    plain = {name: getattr(brand, name) for name in (*ONE_LINE, *TOGGLES, "payment_details")}
    texts = {f"{kind}_{text}": _text_of(brand, kind, text, default(kind)) for kind, text, default in _all_texts()}
    return {**plain, **texts, "address": "\n".join(brand.address)}


def _all_texts() -> list[tuple[str, str, Any]]:
    return [(kind, text, default) for kind in words.KINDS for text, default, _one_line in TEXTS]


def _text_of(brand: Brand, kind: str, text: str, default: str) -> str:
    if text in {"subject", "body"}:
        return brand.mail.get(f"{kind}_{text}", default)
    return getattr(brand, text).get(kind, default)  # type: ignore[no-any-return]  # both hold text by kind


def brand_from(cleaned: dict[str, Any], before: Brand) -> Brand:
    """The brand that a valid form describes; the logo stays as it was."""
    plain = {name: cleaned[name] for name in (*ONE_LINE, *TOGGLES, "payment_details")}
    return Brand(
        **plain,
        logo=before.logo,
        address=tuple(line.strip() for line in cleaned["address"].splitlines() if line.strip()),
        intro={kind: cleaned[f"{kind}_intro"] for kind in words.KINDS},
        closing={kind: cleaned[f"{kind}_closing"] for kind in words.KINDS},
        mail={f"{kind}_{text}": cleaned[f"{kind}_{text}"] for kind in words.KINDS for text in ("subject", "body")},
    )
