"""The two mails of a job: to the Customer, and to the shop with the worksheet."""

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from allonce.products.quoting.documents import words
from allonce.products.quoting.documents.contract import (
    Attachment,
    Brand,
    DocumentJob,
    Letter,
    Letters,
    Picture,
)
from allonce.products.quoting.documents.fields import filled
from allonce.products.quoting.documents.formats import money
from allonce.products.quoting.documents.items import chosen_totals
from allonce.products.quoting.documents.pictures import item_pictures, signature_picture
from allonce.products.quoting.documents.typeset import typeset_pages, typeset_pdf
from allonce.products.quoting.documents.view import customer_view, field_values, worksheet_view

PDF = "application/pdf"


def render_letters(document: DocumentJob, brand: Brand) -> Letters:
    """Typeset the job's documents and write its mails, in memory alone.

    `document.totals` holds a priced result for each proposal; the chosen one must be there and be ok.
    """
    number = document.job["number"]
    quote = Attachment(f"{number}.pdf", customer_pdf(document, brand), PDF)
    worksheet = Attachment(f"{number}-worksheet.pdf", worksheet_pdf(document, brand), PDF)
    return Letters(_customer_letter(document, brand, quote), _shop_letter(document, brand, quote, worksheet))


def customer_pdf(document: DocumentJob, brand: Brand) -> bytes:
    """The Customer's document."""
    return typeset_pdf("customer", *_customer_sheet(document, brand))


def customer_pages(document: DocumentJob, brand: Brand) -> list[bytes]:
    """The Customer's document as PNG pages."""
    return typeset_pages("customer", *_customer_sheet(document, brand))


def worksheet_pdf(document: DocumentJob, brand: Brand) -> bytes:
    """The fitter's worksheet, with photos and sketches."""
    return typeset_pdf("worksheet", *_worksheet(document, brand))


def worksheet_pages(document: DocumentJob, brand: Brand) -> list[bytes]:
    """The worksheet as PNG pages."""
    return typeset_pages("worksheet", *_worksheet(document, brand))


def _customer_sheet(document: DocumentJob, brand: Brand) -> tuple[dict[str, Any], dict[str, Picture]]:
    return customer_view(document, brand), _with_logo(brand, signature_picture(document.job))


def _worksheet(document: DocumentJob, brand: Brand) -> tuple[dict[str, Any], dict[str, Picture]]:
    drawn = DocumentJob(document.job, document.totals, item_pictures(document))
    return worksheet_view(drawn, brand), _with_logo(brand, dict(drawn.photos))


def _with_logo(brand: Brand, pictures: dict[str, Picture]) -> dict[str, Picture]:
    return {"logo": brand.logo, **pictures} if brand.logo else pictures


def _customer_letter(document: DocumentJob, brand: Brand, quote: Attachment) -> Letter:
    kind, known = document.job["kind"], field_values(document, brand)
    subject = filled(brand.mail.get(f"{kind}_subject", words.default_subject(kind)), known)
    text = filled(brand.mail.get(f"{kind}_body", words.default_mail(kind)), known)
    said = f"{text}\n\n{_report_words()}: {brand.report_url}" if brand.report_url else text
    return Letter(_one_line(subject), said, as_html(text, brand, brand.report_url), (quote,))


def _shop_letter(document: DocumentJob, brand: Brand, quote: Attachment, worksheet: Attachment) -> Letter:
    known = field_values(document, brand)
    title = words.title_of(document.job["kind"], document.job["number"])
    said = _(
        "{surveyor} completed this job for {customer}: {total}, deposit {deposit}.\n\n"
        "Attached: what the customer gets, the fitter's worksheet, and the job file, which opens the whole "
        "job again on a phone or in the office."
    )
    text = filled(said, known) + _small_order_words(document)
    return Letter(_one_line(f"{title}: {known['customer']}"), text, as_html(text, brand), (quote, worksheet))


def _small_order_words(document: DocumentJob) -> str:
    """What the shop left to the surveyor to decide, and that it was decided knowingly; often nothing."""
    totals = chosen_totals(document)
    for problem in totals.get("problems", []):
        if problem["code"] == "below_minimum_order":
            figures = {name: money(problem["params"][name], totals["currency"]) for name in ("goods", "minimum")}
            said = _("Goods of %(goods)s are below your minimum order of %(minimum)s. %(surveyor)s was told so.")
            return "\n\n" + said % {**figures, "surveyor": document.job.get("surveyor") or _("The surveyor")}
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _report_words() -> str:
    return str(_("If this harms or misleads, report it"))


def as_html(text: str, brand: Brand, report_url: str = "") -> str:
    """Plain text as a sober HTML mail; every word is escaped. Below it, where its reader reports it."""
    paragraphs = "".join(
        f'<p style="margin:0 0 16px">{escape(part).replace(chr(10), "<br>")}</p>' for part in text.split("\n\n")
    )
    sheet = f"max-width:560px;margin:0 auto;background:#fff;padding:24px;border-top:4px solid {brand.accent}"
    name = f'<p style="margin:0 0 24px;font-weight:600;font-size:18px">{escape(brand.name)}</p>'
    return (
        '<!doctype html><html lang="en"><body style="margin:0;padding:24px;background:#f6f7f8;'
        'font-family:Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5;color:#16202a">'
        f'<div style="{sheet}">{name}{paragraphs}</div>{_report_line(report_url)}</body></html>'
    )


def _report_line(url: str) -> str:
    if not url:
        return ""
    words = f'<a href="{escape(url)}" style="color:#5b6670">{escape(_report_words())}</a>'
    return f'<p style="max-width:560px;margin:16px auto;font-size:12px">{words}</p>'
