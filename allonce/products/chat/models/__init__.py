"""What Chat stores. Every row belongs to one account, and its personal values are sealed with that account's key."""

from allonce.products.chat.models.agents import AgentProfile, Department, Shift
from allonce.products.chat.models.answers import CannedAnswer, Disposition, Tag
from allonce.products.chat.models.clients import ChatClient, ProviderMerchant
from allonce.products.chat.models.consumers import Consumer
from allonce.products.chat.models.conversations import ChatFile, Conversation, Ring
from allonce.products.chat.models.counts import HourlyCount
from allonce.products.chat.models.keys import ApiKey
from allonce.products.chat.models.placements import Placement

__all__ = [
    "AgentProfile",
    "ApiKey",
    "CannedAnswer",
    "ChatClient",
    "ChatFile",
    "Consumer",
    "Conversation",
    "Department",
    "Disposition",
    "HourlyCount",
    "Placement",
    "ProviderMerchant",
    "Ring",
    "Shift",
    "Tag",
]
