"""Races that need databases on disk, each in a process of its own; they print what came of them."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from allonce.kernel.errors import UserError
from allonce.products.chat.doors import Door
from allonce.products.chat.models import Conversation, Ring
from allonce.products.chat.services import answering, starting
from allonce.products.chat.services.starting import Opening
from allonce.products.chat.tests import scene
from allonce.products.chat.tests.scene import Agent, Merchant

NAMES = ("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn")


def of_many_who_accept_one_has_it(rounds: int = 4) -> None:
    """By round: winners, losers, accepted rings, rings lost to a colleague, and "joined" in the log."""
    fenwick = scene.merchant()
    agents = [fenwick.agent(name) for name in NAMES]
    told = []
    for _round in range(rounds):
        here = _begun(fenwick)
        done = _at_once([partial(_accept, each, here) for each in agents])
        rings = Ring.objects.filter(conversation=here)
        accepted, other = (rings.filter(answer=each).count() for each in ("accepted", "other"))
        winners = len(done) - done.count("already_taken")
        told.append([winners, done.count("already_taken"), accepted, other, scene.codes(here).count("joined")])
        Conversation.objects.filter(pk=here).update(state="closed")
    print(json.dumps(told))  # noqa: T201


def of_many_at_the_limit_only_so_many_are_taken() -> None:
    """What each of five acceptances by one agent with room for two came to, and how many that agent has."""
    fenwick = scene.merchant()
    ada = fenwick.agent("Ada", limit=2)
    waiting = [_begun(fenwick) for _each in range(5)]
    done = _at_once([partial(_accept, ada, here) for here in waiting])
    print(json.dumps([sorted(done), Conversation.objects.filter(agent=ada.profile).count()]))  # noqa: T201


def of_one_start_sent_often_one_conversation_comes() -> None:
    """How many different conversations eight sendings of one start were told of, and how many there are."""
    fenwick = scene.merchant()
    fenwick.agent("Ada")
    cid = uuid4()
    done = _at_once([partial(_start, fenwick, cid) for _each in range(8)])
    print(json.dumps([len(set(done)), Conversation.objects.count()]))  # noqa: T201


def _accept(agent: Agent, here: UUID) -> str:
    return str(answering.accept(agent.access, here).state)


def _start(dealer: Merchant, cid: UUID) -> str:
    door = Door(dealer.placement, dealer.client, None, "")
    return str(starting.start(door, Opening(cid, "Is it still there?"), "203.0.113.9").id)


def _begun(dealer: Merchant) -> UUID:
    return UUID(_start(dealer, uuid4()))


def _at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each gives, or the code of the error that it raises; all begin together, each on its own connection."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait(timeout=60)
        try:
            return work()
        except UserError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
