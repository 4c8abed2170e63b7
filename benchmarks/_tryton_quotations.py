"""Runs inside Tryton's own environment (see price_tryton): prices quotations through its model API.

`python _tryton_quotations.py QUOTATIONS RUNS` prints the lines a second of each run as JSON. A
quotation of ten lines is created, priced from a price list with tax, saved, and moved to "quote".
"""

import json
import os
import sys
from decimal import Decimal
from time import process_time
from typing import Any

os.environ["DB_NAME"] = ":memory:"
os.environ["TRYTOND_DATABASE_URI"] = "sqlite://"

from proteus import Model  # after the settings above: Tryton reads them when it is imported
from trytond.modules.account.tests.tools import create_chart, create_tax, get_accounts
from trytond.modules.company.tests.tools import create_company, get_company
from trytond.pool import Pool
from trytond.tests.tools import activate_modules
from trytond.transaction import Transaction

LINES = 10
TOTAL = Decimal("1354.32")  # 19 pieces at 66.00 less 10 %, and 20 % tax


def set_up() -> tuple[str, int, int, int]:
    """A company with a customer, a price list and a taxed product; the database and their ids."""
    config = activate_modules(["sale", "sale_price_list"], create_company, create_chart)
    tax = create_tax(Decimal("0.2"))
    tax.save()
    category = Model.get("product.category")(name="Blinds", accounting=True)
    category.account_revenue = get_accounts()["revenue"]
    category.customer_taxes.append(tax)
    category.save()
    product = create_product(category)
    prices = Model.get("product.price_list")(name="Retail", company=get_company(), price="list_price")
    prices.lines.new(formula="unit_price * 0.9")
    prices.save()
    customer = Model.get("party.party")(name="Customer")
    customer.sale_price_list = prices
    customer.addresses.new(street="1 High Street")
    customer.save()
    return config.database_name, get_company().id, customer.id, product.id


def create_product(category: Any) -> Any:
    """A blind to sell."""
    unit = Model.get("product.uom").find([("name", "=", "Unit")])[0]
    template = Model.get("product.template")(name="Roller blind", default_uom=unit, type="goods", salable=True)
    template.list_price = Decimal("66")
    template.account_category = category
    template.save()
    return template.products[0]


def quote(pool: Any, company: int, customer: int, product: int) -> None:
    """One quotation of ten lines, as the client would fill it in."""
    Sale, Line = pool.get("sale.sale"), pool.get("sale.line")
    sale = Sale(company=company, party=customer)
    sale.on_change_company()
    sale.on_change_party()
    lines = []
    for number in range(LINES):
        line = Line(sale=sale, type="line", product=product, quantity=1 + number % 3)
        line.on_change_product()
        line.on_change_quantity()
        lines.append(line)
    sale.lines = lines
    sale.save()
    Sale.quote([sale])
    if sale.state != "quotation" or sale.total_amount != TOTAL:
        raise SystemExit(f"the quotation was not priced right: {sale.state}, {sale.total_amount}")


def main(quotations: int, runs: int) -> None:
    """Print the rates of all runs."""
    database, company, customer, product = set_up()
    rates = []
    for _ in range(runs):
        with Transaction().start(database, 1, context={"company": company}):
            start = process_time()
            for _ in range(quotations):
                quote(Pool(database), company, customer, product)
            rates.append(quotations * LINES / (process_time() - start))
            Transaction().rollback()
    sys.stdout.write(json.dumps(rates) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
