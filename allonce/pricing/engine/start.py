"""Reading an item: which product, range, band and rate it means, and how large it is."""

from allonce.pricing.engine.notes import add_error
from allonce.pricing.engine.primitives import is_text
from allonce.pricing.engine.sizes import needs_drop, needs_width, read_discount_bp, read_quantity, read_size
from allonce.pricing.engine.taxes import rate_on
from allonce.pricing.types import Catalogue, Item, Line, Product
from allonce.pricing.types.work import Work

NO_PRODUCT: Product = {
    "id": "",
    "name": "",
    "family": "other",
    "tax": "",
    "method": "piece",
    "bands": [],
    "ranges": {},
    "extras": [],
    "rules": [],
}


def start_work(catalogue: Catalogue, item: Item, date: str, explain: bool) -> Work:
    """An empty bench for one item."""
    line = empty_line(item)
    return {
        "catalogue": catalogue,
        "product": NO_PRODUCT,
        "item": item,
        "date": date,
        "row": {"band": ""},
        "band": {"id": "", "name": "", "table": ""},
        "choices": {},
        "chosen": [],
        "width": 0,
        "drop": 0,
        "quantity": 1,
        "priced_width": 0,
        "priced_drop": 0,
        "making": None,
        "line": line,
        "explain": explain,
        "steps": [],
        "problems": [],
    }


def text_of(value: object, otherwise: str) -> str:
    """Text from outside, or something harmless where it is none."""
    if is_text(value):
        return value
    return otherwise


def empty_line(item: Item) -> Line:
    """A line that says nothing yet but which item it is."""
    return {
        "id": text_of(item.get("id"), ""),
        "ok": False,
        "product": text_of(item.get("product"), ""),
        "product_name": "",
        "range": text_of(item.get("range"), ""),
        "colour": text_of(item.get("colour"), ""),
        "band": "",
        "band_name": "",
        "quantity": 1,
        "width": 0,
        "drop": 0,
        "mount": text_of(item.get("mount"), "exact"),
        "priced_width": 0,
        "priced_drop": 0,
        "table_width": 0,
        "table_drop": 0,
        "extras": [],
        "making": None,
        "unit": 0,
        "goods": 0,
        "discount_bp": 0,
        "discount": 0,
        "quote_discount": 0,
        "fitting": 0,
        "amount": 0,
        "tax_key": "",
        "tax_bp": 0,
        "net": 0,
        "tax": 0,
        "total": 0,
        "cost": 0,
        "choices": {},
        "steps": [],
        "problems": [],
    }


def find_product(work: Work) -> bool:
    """Product, band, rate and sizes of the item; false where the product is unknown."""
    product_id = work["line"]["product"]
    products = work["catalogue"]["products"]
    if product_id not in products:
        add_error(work["problems"], "product_unknown", "product", {"product": product_id})
        return False
    work["product"] = products[product_id]
    work["line"]["product_name"] = work["product"]["name"]
    find_rate(work)
    read_measures(work)
    return find_band(work)


def find_rate(work: Work) -> None:
    """The tax rate of the product on the day of the quote."""
    key = work["product"]["tax"]
    rate = rate_on(work["catalogue"]["tax_rates"], key, work["date"])
    work["line"]["tax_key"] = key
    if rate is None:
        add_error(work["problems"], "tax_rate_missing", "product", {"key": key, "date": work["date"]})
        return
    work["line"]["tax_bp"] = rate


def read_measures(work: Work) -> None:
    """Width, drop, quantity and discount, each checked."""
    item = work["item"]
    product = work["product"]
    problems = work["problems"]
    work["width"] = read_size(item.get("width"), "width", needs_width(product), problems)
    work["drop"] = read_size(item.get("drop"), "drop", needs_drop(product), problems)
    work["quantity"] = read_quantity(item.get("quantity"), problems)
    work["line"]["width"] = work["width"]
    work["line"]["drop"] = work["drop"]
    work["line"]["quantity"] = work["quantity"]
    work["line"]["discount_bp"] = read_discount_bp(item.get("discount_bp", 0), problems)


def find_band(work: Work) -> bool:
    """The band by range and colour, or the first band of a product without ranges."""
    wanted = ""
    if has_ranges(work):
        if not find_row(work):
            return False
        wanted = work["row"]["band"]
    for band in work["product"]["bands"]:
        if wanted == "" or band["id"] == wanted:
            work["band"] = band
            work["line"]["band"] = band["id"]
            work["line"]["band_name"] = band["name"]
            return find_table(work)
    add_error(work["problems"], "band_missing", "range", {"band": wanted})
    return False


def has_ranges(work: Work) -> bool:
    """Whether the product comes in ranges and colours."""
    # A known range answers at once: counting thousands of them is slow on a phone.
    if work["line"]["range"] in work["product"]["ranges"]:
        return True
    return len(work["product"]["ranges"]) > 0


def find_row(work: Work) -> bool:
    """The row of the range table that names this range and colour."""
    ranges = work["product"]["ranges"]
    range_name = work["line"]["range"]
    colour = work["line"]["colour"]
    if range_name in ranges and colour in ranges[range_name]:
        work["row"] = ranges[range_name][colour]
        return True
    if range_name == "" or (range_name in ranges and colour == ""):
        add_error(work["problems"], "range_missing", "range", {})
        return False
    add_error(work["problems"], "range_unknown", "range", {"range": range_name, "colour": colour})
    return False


def find_table(work: Work) -> bool:
    """The price table of the band must exist."""
    table = work["band"]["table"]
    if table in work["catalogue"]["tables"]:
        return True
    add_error(work["problems"], "table_missing", "product", {"band": work["band"]["name"], "table": table})
    return False
