"""The columns that `pairing` works on, made of the members' entries. Where people live is their town's middle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from allonce.products.dating import index
from allonce.products.dating.ages import age_on
from allonce.products.dating.index import Packed
from allonce.products.dating.pairing.members import Exclusions, Pool


@dataclass(frozen=True)
class Known:
    """What earlier days say of each entry; all 0 where nothing does."""

    waited: np.ndarray  # shape (entries,), int32: days since the last date
    shown: np.ndarray  # shape (entries,), int32: times shown lately
    effects: np.ndarray  # shape (entries, 3), float32: log odds, as `pairing.model.member_effects` makes them

    @classmethod
    def nothing(cls, entries: int) -> "Known":
        """For people of whom nothing is known, or for whom it does not count."""
        return cls(np.zeros(entries, np.int32), np.zeros(entries, np.int32), np.zeros((entries, 3), np.float32))


def pool_of(entries: Sequence[Packed], day: date, exclusions: Exclusions, known: Known | None = None) -> Pool:
    """A row for each entry, everybody active."""
    many = len(entries)
    past = known or Known.nothing(many)

    def column(kind: type[np.generic], values: Iterator[float]) -> np.ndarray:
        return np.fromiter(values, dtype=kind, count=many)

    return Pool(
        ids=np.arange(many, dtype=np.int64),
        latitude=column(np.float64, (each.lat for each in entries)),
        longitude=column(np.float64, (each.lon for each in entries)),
        age=column(np.uint8, (age_on(date.fromordinal(each.born), day) for each in entries)),
        sex=column(np.uint8, (each.sex for each in entries)),
        seeks=column(np.uint8, (each.seeks for each in entries)),
        youngest=column(np.uint8, (each.youngest for each in entries)),
        oldest=column(np.uint8, (each.oldest for each in entries)),
        distance_km=column(np.float32, (each.km for each in entries)),
        further=column(np.bool_, (each.further for each in entries)),
        active=np.ones(many, dtype=np.bool_),
        waited_days=past.waited,
        times_shown=past.shown,
        features=features_of(entries),
        effects=past.effects,
        exclusions=exclusions,
    )


def features_of(entries: Sequence[Packed]) -> np.ndarray:
    """Shape (members, interests), float32: 2 for an interest that somebody named, else 0."""
    bits = np.fromiter((each.interests for each in entries), dtype=np.uint64, count=len(entries))
    places = np.arange(index.INTEREST_COUNT, dtype=np.uint64)
    return (((bits[:, None] >> places[None, :]) & np.uint64(1)) * np.float32(2)).astype(np.float32)
