"""Calls over HTTP to addresses that others name: where they may go, and what an answer may cost us."""

from allonce.kernel.post.outward.addresses import AddressRefused, Url, readable_url
from allonce.kernel.post.outward.calling import Answer, NoAnswer, call, fetch

__all__ = ["AddressRefused", "Answer", "NoAnswer", "Url", "call", "fetch", "readable_url"]
