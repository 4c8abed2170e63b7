"""The pricing engine: one source for server and phone. See README.md and docs/catalogue-format.md."""

from allonce.pricing.check import check_catalogue, check_message, check_product
from allonce.pricing.engine.assemble import assemble
from allonce.pricing.engine.quote import price_line, price_quote
from allonce.pricing.engine.state import apply_rules

__all__ = ["apply_rules", "assemble", "check_catalogue", "check_message", "check_product", "price_line", "price_quote"]
