"""What Dating stores: each row sealed with its member's own key, what two people write with a key of their match."""

from allonce.products.dating.models.contacts import HiddenContact
from allonce.products.dating.models.crowns import InstantWait, Suggestion
from allonce.products.dating.models.dates import DailyRun, Date, Match, Met, PairingEntry
from allonce.products.dating.models.enclosures import Enclosure
from allonce.products.dating.models.links import ProviderLink
from allonce.products.dating.models.matchmaking import Pick, Shortlist, Shortlisted
from allonce.products.dating.models.members import JoinRequest, Member, Photo
from allonce.products.dating.models.ratings import Rating
from allonce.products.dating.models.reviews import Meeting, Review
from allonce.products.dating.models.safety import Block, PhotoCheck, Report, Signal
from allonce.products.dating.models.selfies import Selfie
from allonce.products.dating.models.standing import Bar, DatePlan, Suspension
from allonce.products.dating.models.travel import Trip

__all__ = [
    "Bar",
    "Block",
    "DailyRun",
    "Date",
    "DatePlan",
    "Enclosure",
    "HiddenContact",
    "InstantWait",
    "JoinRequest",
    "Match",
    "Meeting",
    "Member",
    "Met",
    "PairingEntry",
    "Photo",
    "PhotoCheck",
    "Pick",
    "ProviderLink",
    "Rating",
    "Report",
    "Review",
    "Selfie",
    "Shortlist",
    "Shortlisted",
    "Signal",
    "Suggestion",
    "Suspension",
    "Trip",
]
