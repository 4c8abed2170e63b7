"""What each field of the billing room is for."""

from allonce.kernel.declarations import PD, declare

SUM = "a number beside opaque ids, which the database itself compares and adds up"
MOMENT = "a time beside opaque ids, by which jobs find what is due"
CODE = "a code of ours beside opaque ids"


def _kept(why: str, category: str = "financial") -> PD:
    """Tax law wants it for six years, whoever leaves."""
    return PD(category, "billing", "years_6", erase="keep", source="us", plain_because=why)


def _credits(why: str) -> PD:
    return PD("financial", "billing", "person_end", source="us", plain_because=why)


OURS = "@billing_owner"

declare(
    "billing.LedgerAccount",
    subject=OURS,
    id="none",
    scope_kind="none",
    scope_id="none",
    unit="none",
    balance=_credits(SUM),
    owed=_credits(SUM),
    opened_at="none",
)
declare(
    "billing.Movement",
    subject=OURS,
    id="none",
    ledger="none",
    kind="none",
    reason=_credits(CODE),
    key=("none", "an idempotency key made of codes and ids"),
    amount=_credits(SUM),
    about=("none", "names a row by its id"),
    at=_credits(MOMENT),
)
declare("billing.Posting", subject=OURS, id="none", movement="none", side="none", amount=_credits(SUM))
declare(
    "billing.Hold",
    subject=OURS,
    id="none",
    ledger="none",
    amount=_credits(SUM),
    reason=_credits(CODE),
    key=("none", "an idempotency key made of codes and ids"),
    until=_credits(MOMENT),
    state="none",
    opened_at="none",
    settled_at="none",
)
declare(
    "billing.PriceVersion",
    subject=None,
    id="none",
    product="none",
    amount="none",
    effective_on="none",
    announced_at="none",
    announced_by="none",
)
declare("billing.PriceTold", subject=None, id="none", version="none", subscription="none", at="none")
declare(
    "billing.Purchase",
    subject=OURS,
    since="ordered_at",
    id="none",
    scope_kind="none",
    scope_id="none",
    seller=_kept(CODE),
    product=_kept(CODE),
    credits=_kept(SUM),
    amount=_kept(SUM),
    currency=_kept(CODE),
    state="none",
    ordered_at=_kept(MOMENT),
    paid_at=_kept(MOMENT),
    settled_at="none",
    sent_back=_kept(SUM),
    refunded=_kept(SUM),
    taken_back=_kept(SUM),
    ref_hash=("none", "a keyed hash of the seller's opaque id, by which its reports are known again"),
    subscription="none",
    term="none",
    refusals="none",
    problem="none",
)
declare(
    "billing.Dispute",
    subject=OURS,
    since="at",
    id="none",
    purchase="none",
    seller="none",
    mark=("none", "a keyed hash of the seller's opaque id of the dispute"),
    ref_hash=("none", "a keyed hash of the seller's opaque id of the payment"),
    state="none",
    amount=_kept(SUM),
    at=_kept(MOMENT),
)
declare(
    "billing.SellerRecord",
    subject="person",
    id="none",
    person="none",
    purchase="none",
    ref=PD("financial", "billing", "person_end", source="seller", export=False),
)
declare(
    "billing.PayerRecord",
    subject="person",
    id="none",
    person="none",
    seller="none",
    customer=PD("financial", "billing", "person_end", source="seller", export=False),
    made_at="none",
)
declare(
    "billing.Refund",
    subject=OURS,
    since="asked_at",
    id="none",
    purchase="none",
    amount=_kept(SUM),
    before="none",
    interest=_kept(SUM),
    by_hand=_kept(SUM),
    why="none",
    key=("none", "an idempotency key made of codes and ids"),
    asked_at=_kept(MOMENT),
    due_by="none",
    state="none",
    done_at=_kept(MOMENT),
    settled_at="none",
)
declare(
    "billing.ReturnAddress",
    subject=None,
    id="none",
    refund="none",
    ref=("none", "a seller's opaque id of a payment of somebody who left, sealed, until the money went back"),
)
declare(
    "billing.SellerEvent",
    subject=None,
    id="none",
    seller="none",
    event_hash=("none", "a keyed hash of the report's id"),
    what="none",
    told=("none", "opaque ids of a seller, sealed, until it is known whose they are; then wiped"),
    state="none",
    heard_at="none",
)
declare(
    "billing.UnclaimedPurchase",
    subject=None,
    id="none",
    event="none",
    token_hash=("none", "a keyed hash of a random token of an app"),
    ref_hash=("none", "a keyed hash of the seller's opaque id of the payment"),
    at="none",
    heard_at="none",
)
declare(
    "billing.StoreToken",
    subject=OURS,
    id="none",
    scope_kind="none",
    scope_id="none",
    token_hash=PD("credential", "billing", "person_end", keyed_hash=True, export=False, source="device"),
    made_at="none",
)
declare(
    "billing.Subscription",
    subject=OURS,
    id="none",
    scope_kind="none",
    scope_id="none",
    family="none",
    plan=_credits(CODE),
    seller="none",
    months="none",
    amount=_credits(SUM),
    currency="none",
    state=_credits(CODE),
    term="none",
    anchor="none",
    began_at=_credits(MOMENT),
    until=_credits(MOMENT),
    access_until="none",
    grace_days="none",
    last_term="none",
    cancelled_at=_credits(MOMENT),
    ended_at=_credits(MOMENT),
    free_exit="none",
    reminded_at="none",
    next_try_at="none",
    chain_hash=("none", "a keyed hash of the store's opaque id"),
    told_at="none",
    made_at="none",
)
declare(
    "billing.RenewalNotice",
    subject=None,
    id="none",
    subscription="none",
    term="none",
    last_day="none",
    letter_id="none",
    written_at="none",
    left_at="none",
    failed="none",
)
declare(
    "billing.Farewell",
    subject=None,
    id="none",
    seller="none",
    customer=("none", "a seller's opaque id of somebody who left, sealed, until the seller has forgotten it"),
    made_at="none",
)
