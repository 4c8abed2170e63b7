"""Translates the pricing engine to JavaScript when the phone app is built.

Accepts only the subset in which both languages mean the same; everything else is refused with
file and line. See allonce/pricing/README.md.
"""

from allonce.pricing.translate.modules import translate
from allonce.pricing.translate.refusal import Refused

__all__ = ["Refused", "translate"]
