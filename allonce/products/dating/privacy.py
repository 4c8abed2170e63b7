"""What Dating holds, each with its reason. Whom somebody seeks is a special category and stands on explicit consent."""

from typing import Literal

from django.db.models import Q

from allonce.kernel.declarations import PD, declare
from allonce.kernel.privacy.subjects import Model, Rows, register_resolver
from allonce.kernel.vault import Scope
from allonce.products.dating import privacy_safety  # noqa: F401 (it declares)
from allonce.products.dating.declaring import CODE, DEED, HIDDEN, deed, profile, safety, sensitive

declare(
    "dating.JoinRequest",
    subject="@email",
    since="expires_at",
    id="none",
    email=PD("contact", "dating", "mailed_link"),
    address_index=PD("contact", "dating", "mailed_link", export=False, keyed_hash=True),
    phone=PD("contact", "dating", "mailed_link"),
    birth_date=PD("identity", "dating", "mailed_link"),
    mail_code=("none", "a keyed hash of a code that serves once"),
    text_code=("none", "a keyed hash of a code that serves once"),
    tries="none",
    expires_at="none",
    used_at="none",
)
declare(
    "dating.Member",
    subject="person",
    id="none",
    person="none",
    state=CODE,
    phone=PD("contact", "dating", "person_end"),
    phone_index=PD("contact", "dating", "person_end", export=False, keyed_hash=True),
    first_name=profile("identity", rectify=True),
    birth_date=PD("identity", "dating", "person_end"),
    sex=sensitive("identity"),
    seeks=sensitive(),
    consented_at=deed(),
    place=profile("location"),
    spot=profile("location", shown=False),
    zone=PD("location", "dating", "person_end", source="us", plain_because="the daily run asks for one zone at a time"),
    about=profile(free_text=True, rectify=True),
    answers=profile(free_text=True),
    interests=profile("preference"),
    wishes=profile("preference", shown=False),
    joined_at=deed(),
    seen_at=deed(),
    paused_at=deed(),
    incognito=deed(),
    last_date_on=deed(),
    nobody_on=deed(),
    nobody_why=deed(),
)
declare(
    "dating.ProviderLink",
    subject="person",
    id="none",
    person="none",
    mark=PD("credential", "dating", "person_end", export=False, keyed_hash=True, source="provider"),
    linked_at=deed(),
)
declare(
    "dating.Photo",
    subject="person",
    id="none",
    person="none",
    member="none",
    state=CODE,
    position="none",
    width="none",
    height="none",
    at=deed(),
    decided_at=deed(),
    checked_at=deed(shown=True),
)
declare(
    "dating.DailyRun",
    subject=None,
    id="none",
    zone="none",
    day="none",
    started_at="none",
    finished_at="none",
    active="none",
    paired="none",
    gap_ppm="none",
)
declare(
    "dating.PairingEntry",
    subject="member__person",
    id="none",
    member="none",
    packed=PD("orientation", "dating_sensitive", "person_end", source="us", export=False),
    changed_at="none",
)
declare("dating.Met", subject="@dating_pair", id="none", low="none", high="none", on=deed())
declare(
    "dating.Date",
    subject="@owner",
    id="none",
    owner_id="none",
    member="none",
    other="none",
    kind=deed(),
    day=deed(),
    starts_at=deed(),
    ends_at=deed(),
    reasons=PD("preference", "dating", "person_end", source="us"),
    opened_at=deed(),
    liked_at=deed(),
    passed_at=deed(),
)
declare(
    "dating.Match",
    subject="@dating_pair",
    id="none",
    low="none",
    high="none",
    at=deed(shown=True),
    last_at="none",
    opened_by=deed(shown=True),
    answered_at=deed(shown=True),
    # Told to the other side by neither page nor copy: it is the secret of whoever declined.
    declined_at=HIDDEN,
    held=HIDDEN,
)
declare(
    "dating.Enclosure",
    subject="member__person",
    id="none",
    match="none",
    member="none",
    cid="none",
    sort=CODE,
    kind=CODE,
    size="none",
    width="none",
    height="none",
    seconds="none",
    at=deed(shown=True),
    # What the other side did: told to neither.
    shown_at=HIDDEN,
)
declare(
    "dating.Suggestion",
    subject="member__person",
    since="made_at",
    id="none",
    member="none",
    other=PD("preference", "dating", "days_7", source="us", export=False, plain_because=DEED),
    day=PD("activity", "dating", "days_7", source="us", plain_because=DEED),
    place="none",
    noon="none",
    chosen_at=PD("activity", "dating", "days_7", source="us", plain_because=DEED),
    claims=PD("activity", "dating", "days_7", source="us", export=False, plain_because=DEED),
    hold_id="none",
    settled_at="none",
    made_at="none",
)
declare(
    "dating.Rating",
    subject="@dating_rating",
    id="none",
    giver="none",
    other="none",
    stars=PD("preference", "dating", "person_end"),
    # With one date a day, the moment would name who gave them.
    at=HIDDEN,
)
declare(
    "dating.InstantWait",
    subject="member__person",
    id="none",
    member="none",
    state=CODE,
    asked_at=deed(),
    until=deed(),
    hold_id="none",
)


def _of_either(model: Model, scope: Scope) -> Rows | None:
    """Rows about two members, found from either."""
    if scope.kind != "person":
        return None
    return model._base_manager.filter(Q(low__person_id=scope.id) | Q(high__person_id=scope.id))


def _given_or_received(model: Model, scope: Scope) -> Rows | None:
    """Stars that somebody gave, and those that they were given, which name nobody."""
    if scope.kind != "person":
        return None
    return model._base_manager.filter(Q(giver__person_id=scope.id) | Q(other__person_id=scope.id))


register_resolver("dating_pair", _of_either)
register_resolver("dating_rating", _given_or_received)


KEPT_OUT: tuple[Literal["none"], str] = ("none", "a keyed hash or a sealed print that names nobody; it outlives whom")


declare("dating.Block", subject="by__person", id="none", by="none", blocked="none", at=deed())
declare("dating.Report", subject="by__person", id="none", by="none", about="none", category=CODE, at=deed())
declare(
    "dating.Signal",
    subject="person",
    since="at",
    id="none",
    person="none",
    member="none",
    kind=CODE,
    facts=PD("technical", "security", "days_90", source="us"),
    at=PD("activity", "security", "days_90", source="us", plain_because="signs are counted by their age"),
)
declare(
    "dating.PhotoCheck",
    subject="photo__person",
    id="none",
    photo="none",
    print=safety("technical", export=False),
    findings=safety("technical"),
    at="none",
)
declare(
    "dating.Suspension",
    subject="person",
    id="none",
    person="none",
    member="none",
    started_at=deed(),
    answer_by=deed(),
    until=deed(),
    explanation=safety("content", free_text=True, source="subject"),
    explained_at=deed(),
    reminded_at="none",
    ended_at=deed(),
    closed_at=deed(),
)
declare(
    "dating.Bar",
    subject=None,
    id="none",
    kind="none",
    mark=KEPT_OUT,
    print=KEPT_OUT,
    case="none",
    at="none",
    until="none",
)
declare(
    "dating.DatePlan",
    subject="person",
    since="ends_at",
    id="none",
    person="none",
    member="none",
    match="none",
    where=PD("location", "dating", "hours_48", free_text=True),
    meets=PD("activity", "dating", "hours_48", free_text=True),
    with_name=PD("identity", "dating", "hours_48", free_text=True),
    at="none",
    ends_at="none",
)
