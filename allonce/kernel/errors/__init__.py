"""Errors that people may read, and their one translation to HTML and to JSON."""

from allonce.kernel.errors.types import Forbidden, NotFound, TooLarge, TooMany, TooSlow, Unavailable, UserError

__all__ = ["Forbidden", "NotFound", "TooLarge", "TooMany", "TooSlow", "Unavailable", "UserError"]
