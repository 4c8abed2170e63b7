"""Conditions between choices and on sizes."""

from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Gone, Unusable, editing
from allonce.products.catalogue.services.products import need_product

Rule = dict[str, Any]


def save_rule(access: AccountAccess, product_id: str, rule_id: str | None, rule: Rule) -> str:
    """Adds a rule or replaces one. `rule` has `when`, `then` and `message`. Returns its id."""
    if not rule["then"]:
        raise Unusable(fields={"then": _("Say what the rule does.")})
    with editing(access, "rule_saved", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        saved = rule | {"id": rule_id or paths.new_id("r")}
        known = [each["id"] for each in product["rules"]]
        if rule_id is None:
            product["rules"].append(saved)
        elif rule_id in known:
            product["rules"][known.index(rule_id)] = saved
        else:
            raise Gone()
        products.write_product(edit, product)
    return str(saved["id"])


def delete_rule(access: AccountAccess, product_id: str, rule_id: str) -> UndoStep | None:
    with editing(access, "rule_deleted", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        product["rules"] = [rule for rule in product["rules"] if rule["id"] != rule_id]
        products.write_product(edit, product)
    return edit.undo
