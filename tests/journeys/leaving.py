"""Olivia ends the agreement of her shop; and what is left of it, looked for where it lay."""

import json
from dataclasses import dataclass

from tests.journeys.demo import Demo
from tests.journeys.visitor import Visitor

OLIVIA = "olivia@harbourblinds.example"
SHOP = "Harbour Blinds"
SHOP_EMAIL = "hello@harbourblinds.example"
COUNT = """
import json
from uuid import UUID
from allonce.kernel.accounts.models import Account
from allonce.kernel.privacy.retention.owners import rows_of, tables_of_accounts
from allonce.kernel.vault import Scope
from allonce.kernel.vault.models import DataKey
scope = Scope("account", {which})
rows = {{model._meta.label: rows_of(scope, model).count() for model in tables_of_accounts()}}
keys = DataKey.objects.filter(scope_kind="account", scope_id=scope.id).values_list("wrapped", flat=True)
there = {{label: count for label, count in rows.items() if count}}
print(json.dumps([str(scope.id), there, [bytes(key).hex() for key in keys]]))
"""
BY_EMAIL = f'Account.objects.with_email("{SHOP_EMAIL}").id'


@dataclass(frozen=True)
class Left:
    """Rows of an account by table, and its keys as they are stored."""

    shop: str
    rows: dict[str, int]
    keys: list[bytes]


def end_the_account(olivia: Visitor) -> None:
    """By its name, after reading what happens when."""
    olivia.go("/account/end/")
    olivia.sees("The last backup of the key is gone")
    olivia.fill("Type the account's name to confirm", SHOP)
    olivia.press(f"End “{SHOP}”")
    olivia.sees("The agreement has ended. You can take it back on this page.")
    olivia.keeps_the_rules()
    olivia.go("/account/")
    olivia.sees("The agreement of this account has ended")
    olivia.keeps_the_rules()


def finds_nothing_left(olivia: Visitor) -> None:
    """Her own sign-in stands; the shop is named only in what she was told of its end."""
    olivia.go("/me/data/")
    olivia.sees(OLIVIA)
    told = olivia.page.get_by_text(SHOP).all_inner_texts()
    assert all("Subject: " in each and ("ended" in each or "deleted" in each) for each in told), told
    # Her notices are her own and stay their time.
    olivia.go("/me/notices/")
    olivia.sees(f"Everything of {SHOP} is deleted")


def what_is_left(demo: Demo, shop: str = "") -> Left:
    """All rows and keys of Olivia's account in the installation's databases; named by its id once it is gone."""
    which = f'UUID("{shop}")' if shop else BY_EMAIL
    found, rows, keys = json.loads(demo.python(COUNT.format(which=which)))
    return Left(found, rows, [bytes.fromhex(key) for key in keys])
