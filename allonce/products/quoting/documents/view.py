"""From a posted job to the plain data that the typesetter and the mails show; figures become text here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.quoting.documents import words
from allonce.products.quoting.documents.contract import Brand, DocumentJob
from allonce.products.quoting.documents.fields import filled
from allonce.products.quoting.documents.formats import day, money
from allonce.products.quoting.documents.items import (
    chosen_totals,
    customer_item,
    grouped,
    pictures_of,
    worksheet_item,
)
from allonce.products.quoting.documents.sums import alternatives, sums, taxes

Data = dict[str, Any]


def customer_view(document: DocumentJob, brand: Brand) -> Data:
    """Everything the Customer's document shows."""
    job, totals = document.job, chosen_totals(document)
    known = field_values(document, brand)
    show = {"drawings": brand.show_drawings, "item_prices": brand.show_item_prices}
    kind = job["kind"]
    return {
        **_common(document, brand),
        "show": show,
        "intro": filled(brand.intro.get(kind, words.default_intro(kind)), known),
        "closing": filled(brand.closing.get(kind, words.default_closing(kind)), known),
        "groups": grouped(document, brand, customer_item),
        "sums": sums(job, totals),
        "tax_heads": [_("VAT rate"), _("Net"), _("VAT"), _("Total")],
        "taxes": taxes(totals),
        "alternatives": alternatives(document) if brand.show_alternatives else [],
        "notes": job.get("notes", {}).get("customer", ""),
        "signature": _signature(job),
        "payment": brand.payment_details if kind != "quote" else "",
        "terms": brand.terms,
    }


def worksheet_view(document: DocumentJob, brand: Brand) -> Data:
    """Everything the fitter needs, and no price."""
    return {
        **_common(document, brand),
        "title": _("Worksheet %(number)s") % {"number": document.job["number"]},
        "notes": document.job.get("notes", {}).get("fitter", ""),
        "groups": grouped(document, brand, worksheet_item),
        "pictures": pictures_of(document, None),
    }


def field_values(document: DocumentJob, brand: Brand) -> dict[str, str]:
    """What the shop's own texts may name, see `fields.FIELDS`."""
    job, totals = document.job, chosen_totals(document)
    currency = totals["currency"]
    return {
        "customer": job["customer"]["name"],
        "shop": brand.name,
        "number": job["number"],
        "date": day(job["date"]),
        "valid_until": day(job.get("valid_until", "")),
        "total": money(totals["total"], currency),
        "deposit": money(totals["deposit"], currency),
        "balance": money(totals["balance"], currency),
        "surveyor": job.get("surveyor", ""),
    }


def _common(document: DocumentJob, brand: Brand) -> Data:
    job = document.job
    return {
        "title": words.title_of(job["kind"], job["number"]),
        "labels": words.labels(),
        "brand": {
            "name": brand.name,
            "accent": brand.accent,
            "paper": brand.paper,
            "lines": [line for line in (*brand.address, brand.phone, brand.email, brand.website) if line],
        },
        "footer": _footer(brand),
        "to": _address(job["customer"]),
        "facts": _facts(job),
    }


def _footer(brand: Brand) -> str:
    vat = _("VAT number %(number)s") % {"number": brand.vat_number} if brand.vat_number else ""
    number = brand.company_number
    company = _("Company number %(number)s") % {"number": number} if number else ""
    return " · ".join(part for part in (brand.name, company, vat) if part)


def _address(customer: Mapping[str, Any]) -> list[str]:
    names = [customer.get("name"), customer.get("company")]
    lines = [*names, *customer.get("address", []), customer.get("postcode")]
    return [str(line) for line in lines if line]


def _facts(job: Mapping[str, Any]) -> list[dict[str, str]]:
    site = job.get("site") or {}
    rows = [
        (_("Number"), job["number"] + (f" / {job['revision']}" if job.get("revision", 1) > 1 else "")),
        (_("Date"), day(job["date"])),
        (_("Valid until"), day(job.get("valid_until", "")) if job["kind"] == "quote" else ""),
        (_("Surveyor"), job.get("surveyor", "")),
        (_("Phone"), job["customer"].get("phone", "")),
        (_("Fitted at"), ", ".join([*site.get("address", []), site.get("postcode") or ""]).strip(", ")),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _signature(job: Mapping[str, Any]) -> dict[str, str] | None:
    signature = job.get("signature")
    return {"name": signature["name"], "at": day(signature["at"])} if signature else None
