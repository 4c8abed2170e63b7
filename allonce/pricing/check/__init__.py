"""What is wrong with a catalogue before it is published. Server only; plain Python.

Errors would leave items without a price; warnings a person should look at. Every problem's
`field` is a path: `products/p_roller/rules/r_motor`.
"""

from allonce.pricing.check.catalogue import check_catalogue, check_product
from allonce.pricing.check.words import check_message

__all__ = ["check_catalogue", "check_message", "check_product"]
