"""What Dating holds of travel, checks, contacts and meetings, each with its reason. Imported by `privacy`."""

from django.db.models import Q

from allonce.kernel.declarations import PD, declare
from allonce.kernel.privacy.subjects import Model, Rows, register_resolver
from allonce.kernel.vault import Scope
from allonce.products.dating.declaring import CODE, DEED, deed, profile, safety

declare(
    "dating.Trip",
    subject="person",
    id="none",
    person="none",
    member="none",
    town=profile("location"),
    home=profile("location", shown=False),
    begins_at=deed(),
    ends_at=deed(),
    begun_at=deed(),
    made_at=deed(),
)
declare(
    "dating.Selfie",
    subject="person",
    since="asked_at",
    id="none",
    person="none",
    member="none",
    state=CODE,
    # The picture itself is a file: destroyed by whatever a person decides, before these thirty days are over.
    pose=PD("activity", "dating_selfie", "days_30", source="us"),
    asked_at="none",
    consented_at=PD("activity", "dating_selfie", "days_30", plain_because=DEED),
    sent_at=PD("activity", "dating_selfie", "days_30", plain_because=DEED),
    decided_at=PD("activity", "dating_selfie", "days_30", source="us", plain_because=DEED),
)
# Who looked, when and why is in the record of looks, which everybody reads who was looked at.
declare(
    "dating.Shortlist",
    subject="member__person",
    since="made_at",
    id="none",
    member="none",
    staff="none",
    until="none",
    made_at=PD("activity", "dating", "days_7", source="staff", plain_because=DEED),
)
declare(
    "dating.Shortlisted",
    subject="other__person",
    since="shortlist__made_at",
    id="none",
    shortlist="none",
    other="none",
    place=PD("preference", "dating", "days_7", source="us", export=False, plain_because=DEED),
)
declare(
    "dating.Pick",
    subject="@dating_pick",
    since="at",
    id="none",
    member="none",
    other="none",
    day=PD("activity", "dating", "days_7", source="staff", plain_because=DEED),
    noon="none",
    staff="none",
    at="none",
    settled_at="none",
)
declare(
    "dating.HiddenContact",
    subject="by__person",
    id="none",
    by="none",
    # A copy has a line for each, and so tells how many there are; what they were is not known here either.
    mark=PD("contact", "dating", "person_end", export=False, keyed_hash=True),
    at=deed(),
    until="none",
)
declare(
    "dating.Meeting",
    subject="by__person",
    id="none",
    match="none",
    by="none",
    said=deed(),
    planned=deed(),
    at=deed(),
)
declare(
    "dating.Review",
    subject="@owner",
    id="none",
    owner_id="none",
    by="none",
    # Whom it is about is told of it by neither page nor copy: it was said in confidence.
    about="none",
    state=CODE,
    answers=safety("content", source="subject"),
    words=safety("content", free_text=True, source="subject"),
    at=deed(),
    decided_at=deed(),
)


def _settled_picks(model: Model, scope: Scope) -> Rows | None:
    """Picks of either side whose noon has come: before it a row in a copy would tell. Both go with either member."""
    if scope.kind != "person":
        return None
    either = Q(member__person_id=scope.id) | Q(other__person_id=scope.id)
    return model._base_manager.filter(either, settled_at__isnull=False)


register_resolver("dating_pick", _settled_picks)
