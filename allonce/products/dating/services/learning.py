"""The reciprocal model is learned anew each week from what became of dates, and used only if it judges better."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import structlog
from django.conf import settings
from sklearn.metrics import log_loss

from allonce.kernel.privacy.rights.processing import processable
from allonce.products.dating import index
from allonce.products.dating.index import INTEREST_COUNT, Packed
from allonce.products.dating.models import Member, PairingEntry
from allonce.products.dating.noon import PURPOSE
from allonce.products.dating.pairing.learning import FEWEST_DECISIONS, Decisions, fit, with_effects
from allonce.products.dating.pairing.model import Reciprocal
from allonce.products.dating.services.outcomes import decisions_of

log = structlog.get_logger("allonce.dating")
SEED = 20260101
# The last fifth of the days judges what was learned from the days before.
HELD = 0.8


@dataclass(frozen=True)
class Learned:
    """Log loss on days held out, of the new model and of the one in use, and whether the new one took its place."""

    decisions: int
    new_loss: float
    standing_loss: float
    used: bool


def current() -> Reciprocal:
    """The model in use; stated wishes, nearness and what is shared, until one has been learned."""
    try:
        found = Reciprocal.load(_path())
    except (OSError, ValueError):
        return Reciprocal.cold_start(INTEREST_COUNT)
    return found if found.features == INTEREST_COUNT else Reciprocal.cold_start(INTEREST_COUNT)


def learn(day: date) -> Learned | None:
    """Learn from the half year before `day`; None while there are too few decisions to learn from."""
    decisions = decisions_of(list(_entries()), day)
    parts = _parts(decisions)
    if parts is None:
        return None
    before, held = parts
    new, standing = _loss(fit(before, SEED), before, held), _loss(current(), before, held)
    if new < standing:
        _path().parent.mkdir(parents=True, exist_ok=True)
        fit(decisions, SEED).save(_path())
    made = Learned(decisions.past.liked.size, new, standing, new < standing)
    log.info("model_learned", decisions=made.decisions, new=new, standing=standing, used=made.used)
    return made


def _entries() -> Iterator[Packed]:
    """Members whose data may be used for choosing; nobody else is learned from."""
    members = processable(Member.objects.exclude(consented_at=None), PURPOSE)
    for entry in PairingEntry.objects.filter(member__in=members).order_by("member_id").iterator(2000):
        yield index.unpack(entry)


def _parts(decisions: Decisions) -> tuple[Decisions, Decisions] | None:
    if decisions.past.liked.size < 2 * FEWEST_DECISIONS:
        return None
    border = np.quantile(decisions.events, HELD)
    before, held = decisions.part(decisions.events < border), decisions.part(decisions.events >= border)
    both_kinds = all(0 < part.past.liked.mean() < 1 for part in (before, held) if part.past.liked.size)
    enough = before.past.liked.size >= FEWEST_DECISIONS and held.past.liked.size > 0
    return (before, held) if enough and both_kinds else None


def _loss(model: Reciprocal, before: Decisions, held: Decisions) -> float:
    sheet = with_effects(held.sheet, before.past, float(before.past.liked.mean()))
    said = model.directed(sheet, held.past.judges, held.past.judged, held.steps)
    return float(log_loss(held.past.liked, said, labels=[False, True]))


def _path() -> Path:
    return Path(settings.DATA_DIR) / "dating" / "model.json"
