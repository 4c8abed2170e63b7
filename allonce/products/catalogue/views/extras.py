"""Groups of extras, and rules between choices."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.decorators import office
from allonce.kernel.errors import UserError
from allonce.products.catalogue.draft import Draft
from allonce.products.catalogue.draft.tables import heads_of
from allonce.products.catalogue.forms.extras import ExtraForm, GroupForm, extra_values
from allonce.products.catalogue.forms.rules import mention_value, rule_from
from allonce.products.catalogue.services import extras as services
from allonce.products.catalogue.services import rules as rule_services
from allonce.products.catalogue.services.editing import Gone, draft_of
from allonce.products.catalogue.services.products import need_product
from allonce.products.catalogue.views.shared import READERS, WRITERS, dialog, product_page, refreshed, tell
from allonce.products.catalogue.wording.products import pricing_words
from allonce.products.catalogue.wording.rules import DEEDS, FIELDS, OPERATORS, sentence

Json = dict[str, Any]


@require_GET
@office(*READERS)
def extras(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """All groups with their extras."""

    def more(_draft: Draft, product: Json) -> Json:
        return {
            "groups": [
                group | {"urls": _urls(product_id, group["id"]), "lines": _lines(product_id, group)}
                for group in product["extras"]
            ]
        }

    return product_page(request, access, product_id, "extras", more)


@office(*WRITERS)
def group(request: HttpRequest, access: AccountAccess, product_id: str, group_id: str = "") -> HttpResponse:
    """Adds or changes a group."""
    product = need_product(draft_of(access), product_id)
    known = _find(product["extras"], group_id) if group_id else {}
    form = GroupForm(request.POST or None, initial=known)

    def save() -> None:
        services.save_group(access, product_id, group_id or None, form.as_group())

    return dialog(request, form, _("Change group") if group_id else _("New group of extras"), save)


@office(*WRITERS)
def extra(
    request: HttpRequest, access: AccountAccess, product_id: str, group_id: str, extra_id: str = ""
) -> HttpResponse:
    """Adds or changes an extra."""
    draft = draft_of(access)
    found = _find(need_product(draft, product_id)["extras"], group_id)
    known = extra_values(_find(found["extras"], extra_id)) if extra_id else {}
    names = [
        (head["id"], head.get("name") or head["id"])
        for head in heads_of(draft, product_id)
        if head["kind"] in ("grid", "width")
    ]
    form = ExtraForm(request.POST or None, initial=known, tables=names)

    def save() -> None:
        services.save_extra(access, product_id, group_id, extra_id or None, form.as_extra())

    return dialog(request, form, _("Change extra") if extra_id else _("New extra"), save)


@require_POST
@office(*WRITERS)
def delete(
    request: HttpRequest, access: AccountAccess, product_id: str, group_id: str, extra_id: str = ""
) -> HttpResponse:
    """Deletes a group, or an extra in it."""
    if extra_id:
        step = services.delete_extra(access, product_id, group_id, extra_id)
    else:
        step = services.delete_group(access, product_id, group_id)
    tell(request, _("It is out of the draft."), step)
    return redirect("catalogue:extras", product_id)


@require_POST
@office(*WRITERS)
def move(
    request: HttpRequest, access: AccountAccess, product_id: str, group_id: str, extra_id: str = ""
) -> HttpResponse:
    """Moves a group, or an extra in it, one place up or down."""
    steps = -1 if request.POST.get("way") == "up" else 1
    services.move(access, product_id, group_id, extra_id or None, steps)
    return redirect("catalogue:extras", product_id)


@require_GET
@office(*READERS)
def rules(request: HttpRequest, access: AccountAccess, product_id: str) -> HttpResponse:
    """All rules as sentences."""

    def more(_draft: Draft, product: Json) -> Json:
        return {"rules": [rule | {"sentence": sentence(product, rule)} for rule in product["rules"]]}

    return product_page(request, access, product_id, "rules", more)


@office(*WRITERS)
def rule(request: HttpRequest, access: AccountAccess, product_id: str, rule_id: str = "") -> HttpResponse:
    """The builder: a sentence made of choices."""
    product = need_product(draft_of(access), product_id)
    refusal = ""
    if request.method == "POST":
        try:
            rule_services.save_rule(access, product_id, rule_id or None, rule_from(request.POST))
        except UserError as error:
            refusal = next(iter(error.fields.values()), str(error))
        else:
            return refreshed()
    known: Json = _find(product["rules"], rule_id) if rule_id else {"when": [{}], "then": [{}], "message": ""}
    shown = {
        "product": product,
        "action": request.get_full_path(),
        "refusal": refusal,
        "title": _("Change rule") if rule_id else _("New rule"),
        "message": request.POST.get("message", known["message"]),
        "conditions": [_condition_values(condition) for condition in known["when"] or [{}]],
        "effects": [
            {"do": effect.get("do", "forbid"), "target": mention_value(effect) or "item" if effect else ""}
            for effect in known["then"]
        ],
        "fields": FIELDS.items(),
        "operators": OPERATORS.items(),
        "deeds": DEEDS.items(),
    }
    return render(request, "catalogue/rule_dialog.html", shown)


@require_POST
@office(*WRITERS)
def delete_rule(request: HttpRequest, access: AccountAccess, product_id: str, rule_id: str) -> HttpResponse:
    step = rule_services.delete_rule(access, product_id, rule_id)
    tell(request, _("The rule is out of the draft."), step)
    return redirect("catalogue:rules", product_id)


def _lines(product_id: str, group: Json) -> list[Json]:
    return [
        extra | {"words": pricing_words(extra["pricing"]), "urls": _urls(product_id, group["id"], extra["id"])}
        for extra in group["extras"]
    ]


def _urls(*ids: str) -> Json:
    """Where a group, or an extra in it, is changed, moved and deleted."""
    kind = "extra" if len(ids) == 3 else "group"
    names = {"change": kind, "move": f"move_{kind}", "delete": f"delete_{kind}"}
    return {name: reverse(f"catalogue:{url_name}", args=ids) for name, url_name in names.items()}


def _find(items: list[Json], wanted: str) -> Json:
    for item in items:
        if item["id"] == wanted:
            return item
    raise Gone()


def _condition_values(condition: Json) -> Json:
    value = condition.get("value", "")
    text = ", ".join(value) if isinstance(value, list) else value
    return {
        "field": condition.get("field", "width"),
        "op": condition.get("op", "gt"),
        "value": text,
        "choice": mention_value(condition),
    }
