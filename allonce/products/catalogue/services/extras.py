"""Options that cost: groups of extras, their prices and their order."""

from typing import Any

from django.utils.translation import gettext as _

from allonce.kernel.accounts.access import AccountAccess
from allonce.products.catalogue import paths
from allonce.products.catalogue.draft import products
from allonce.products.catalogue.models import UndoStep
from allonce.products.catalogue.services.editing import Gone, Unusable, editing
from allonce.products.catalogue.services.products import need_product

Group = dict[str, Any]
Extra = dict[str, Any]
CHOOSE = ("one", "many", "quantity")


def save_group(access: AccountAccess, product_id: str, group_id: str | None, values: Group) -> str:
    """Adds a group, or changes the name, the way of choosing and whether a choice is required. Returns its
    id."""
    with editing(access, "extra_group_saved", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        groups: list[Group] = product["extras"]
        if group_id is None:
            group_id = paths.new_id("g")
            groups.append({"id": group_id, "extras": []} | values)
        else:
            _find(groups, group_id).update(values)
        products.write_product(edit, product)
        return group_id


def delete_group(access: AccountAccess, product_id: str, group_id: str) -> UndoStep | None:
    """Takes away the group; refuses while a rule still speaks of it."""
    with editing(access, "extra_group_deleted", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        _refuse_if_ruled(product, group_id, None)
        product["extras"] = [group for group in product["extras"] if group["id"] != group_id]
        products.write_product(edit, product)
    return edit.undo


def save_extra(access: AccountAccess, product_id: str, group_id: str, extra_id: str | None, values: Extra) -> str:
    """Adds an extra to the group or replaces one. Fields of None are left out. Returns its id."""
    with editing(access, "extra_saved", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        group = _find(product["extras"], group_id)
        extra_id = extra_id or paths.new_id("e")
        extra = {key: value for key, value in values.items() if value is not None} | {"id": extra_id}
        known = [each["id"] for each in group["extras"]]
        if extra_id in known:
            group["extras"][known.index(extra_id)] = extra
        else:
            group["extras"].append(extra)
        _one_default(group, extra)
        products.write_product(edit, product)
        return extra_id


def delete_extra(access: AccountAccess, product_id: str, group_id: str, extra_id: str) -> UndoStep | None:
    """Takes away the extra; refuses while a rule still speaks of it."""
    with editing(access, "extra_deleted", about=paths.product(product_id), undoable=True) as edit:
        product = need_product(edit, product_id)
        _refuse_if_ruled(product, group_id, extra_id)
        group = _find(product["extras"], group_id)
        group["extras"] = [extra for extra in group["extras"] if extra["id"] != extra_id]
        products.write_product(edit, product)
    return edit.undo


def move(access: AccountAccess, product_id: str, group_id: str, extra_id: str | None, steps: int) -> None:
    """Moves a group, or an extra inside its group, up (negative) or down."""
    with editing(access, "extra_moved", about=paths.product(product_id)) as edit:
        product = need_product(edit, product_id)
        siblings = product["extras"]
        if extra_id is not None:
            siblings = _find(siblings, group_id)["extras"]
        moving = _find(siblings, extra_id or group_id)
        at = siblings.index(moving)
        siblings.insert(max(0, at + steps), siblings.pop(at))
        products.write_product(edit, product)


def _find(items: list[dict[str, Any]], wanted: str) -> dict[str, Any]:
    for item in items:
        if item["id"] == wanted:
            return item
    raise Gone()


def _one_default(group: Group, saved: Extra) -> None:
    """Of a group where one is chosen, the extra saved last keeps the default."""
    if group["choose"] != "one" or not saved.get("default"):
        return
    for extra in group["extras"]:
        if extra is not saved:
            extra.pop("default", None)


def _refuse_if_ruled(product: dict[str, Any], group_id: str, extra_id: str | None) -> None:
    for rule in product["rules"]:
        for mention in [*rule["when"], *rule["then"]]:
            same_group = mention.get("group") == group_id
            if same_group and (extra_id is None or mention.get("extra") == extra_id):
                said = {"rule": rule["message"]}
                raise Unusable(_("The rule “%(rule)s” needs this. Change the rule first.") % said)
