"""Agents come with the cookie of their session: with our own origin, while it lasts, into their own account only."""

import asyncio
import json
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from allonce.kernel.messaging.tests.live import Room, Server, talking

pytestmark = pytest.mark.usefixtures("_patience")
SCENE = """
from allonce.kernel.accounts import tenancy
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.accounts.tests import people
from allonce.kernel.messaging import open_stream
from django.conf import settings
from uuid import uuid4
word = uuid4().hex[:8].title()
with tenancy.across_accounts():
    who = people.owner(f"{word} Blinds")
    stream = open_stream("probe", who.account.id)
    print(stream.id, who.client.cookies[settings.SESSION_COOKIE_NAME].value, who.person.id)
"""
END = """
from uuid import UUID
from allonce.kernel.accounts.models import SignInSession
from allonce.kernel.clock import now
SignInSession.objects.filter(person_id=UUID("{person}")).update(ended_at=now())
"""


@dataclass(frozen=True)
class Agent:
    stream: UUID
    cookie: str
    person: UUID


@pytest.fixture(scope="module")
def agents(server: Server) -> tuple[Agent, Agent]:
    def made() -> Agent:
        stream, cookie, person = server.made.python(SCENE).split()
        return Agent(UUID(stream), cookie, UUID(person))

    return made(), made()


def ask(server: Server, agent: Agent, stream: UUID, **headers: str) -> httpx.Response:
    base = f"http://{server.address}/rt/v1"
    frame = {"s": str(stream), "cid": "0192fa1e-0000-7000-8000-000000000001", "kind": "text", "body": {"text": "hi"}}
    return server.client.post(f"{base}/send", json=frame, headers={"Cookie": f"sessionid={agent.cookie}", **headers})


def test_a_session_opens_streams_of_its_own_account_only(server: Server, agents: tuple[Agent, Agent]) -> None:
    mine, others = agents
    origin = f"http://{server.address}"
    assert ask(server, mine, mine.stream, Origin=origin).json()["seq"] == 1
    assert ask(server, mine, others.stream, Origin=origin).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_cookie_without_our_own_origin_writes_nothing(
    server: Server, agents: tuple[Agent, Agent], headers: dict[str, str]
) -> None:
    answer = ask(server, agents[1], agents[1].stream, **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_foreign_page_cannot_open_a_socket_with_the_cookie(server: Server, agents: tuple[Agent, Agent]) -> None:
    address = f"ws://{server.address}/rt/v1/socket"
    cookie = {"Cookie": f"sessionid={agents[0].cookie}"}
    with pytest.raises(InvalidStatus):
        async with connect(address, additional_headers={**cookie, "Origin": "https://evil.example"}):
            pass
    own = {**cookie, "Origin": f"http://{server.address}"}
    async with connect(address, additional_headers=own) as line:
        await line.send(json.dumps({"t": "sub", "s": str(agents[1].stream), "after": 0}))
        assert json.loads(await line.recv())["problem"]["code"] == "not_found"
        await line.send(json.dumps({"t": "sub", "s": str(agents[0].stream), "after": 0}))
        frames = [json.loads(await line.recv()) for _ in range(2)]
    assert [frame["t"] for frame in frames] == ["msg", "live"] or frames[0]["t"] == "live"


async def test_a_token_speaks_louder_than_the_cookie_beside_it(
    server: Server, agents: tuple[Agent, Agent], room: Room
) -> None:
    headers = {"Cookie": f"sessionid={agents[0].cookie}", "Origin": f"http://{server.address}"}
    async with talking(server, room.visitor, room.id, additional_headers=headers) as visitor:
        await visitor.send(room.id, "Hi")
        assert (await visitor.until("msg"))["from"] == "visitor"


async def test_an_ended_session_gets_nothing_more_once_it_is_asked_again(server: Server) -> None:
    stream, cookie, person = server.made.python(SCENE).split()
    agent = Agent(UUID(stream), cookie, UUID(person))
    await asyncio.to_thread(server.made.python, END.format(person=person))
    answer = ask(server, agent, agent.stream, Origin=f"http://{server.address}")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
