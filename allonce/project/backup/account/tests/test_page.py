"""The owner's page: a backup at any time, and a restore into an account that is still empty."""

import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncRequestFactory

from allonce.kernel import jobs
from allonce.kernel.accounts.models import SignInSession, User
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.accounts.row_security import owned_models
from allonce.kernel.accounts.services import staff as looking
from allonce.kernel.accounts.services.sessions import SESSION_KEY
from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import PASSWORD, Inhabitant
from allonce.kernel.audit.models import Entry
from allonce.products.vacancies.tests.test_staff import staff_access
from allonce.project.backup.account.reading import open_backup
from allonce.project.backup.account.sealed import Spool
from allonce.project.backup.account.tables import staying
from allonce.project.backup.account.tests.files import content_of, taken
from allonce.project.backup.account.views import download

pytestmark = pytest.mark.django_db
WORD = "a password of four words"


def ask(who: Inhabitant, **changes: str) -> Any:
    return who.client.post("/account/backup/take/", {"present": PASSWORD, "file_password": "", **changes})


def upload(who: Inhabitant, content: bytes, **changes: str) -> Any:
    given = {"restore-present": PASSWORD, "restore-file": SimpleUploadedFile("b.zip", content), **changes}
    return who.client.post("/account/backup/restore/", given)


@pytest.mark.promise("DATA-YOURS")
def test_an_owner_takes_a_full_backup_at_any_time(olivia: Inhabitant) -> None:
    assert "Download everything" in olivia.client.get("/account/backup/").content.decode()
    answer = ask(olivia)
    body = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith('.zip"')
    assert int(answer["Content-Length"]) == len(body)
    assert content_of(io.BytesIO(body)) == content_of(taken(olivia.account))
    owned = {model._meta.label for model, _column, _parent in owned_models()}
    assert owned - json.loads(content_of(io.BytesIO(body))["rows"]).keys() == owned & staying().keys() | {
        "accounts.Account"
    }
    assert Entry.objects.filter(action="account.backup_taken", account_id=olivia.account.id).count() == 1


def test_owners_are_told_of_a_backup(olivia: Inhabitant) -> None:
    b"".join(ask(olivia).streaming_content)
    jobs.run_due()
    assert [each.to for each in mail.outbox if "backup" in each.subject.lower()] == [["owner@harbour.example"]]


def test_a_backup_with_a_password_opens_with_it_alone(olivia: Inhabitant) -> None:
    answer = ask(olivia, file_password=WORD)
    body = b"".join(answer.streaming_content)
    assert answer["Content-Disposition"].endswith('.allonce-backup"')
    assert b"Harbour" not in body
    assert open_backup(io.BytesIO(body), WORD).account_id == olivia.account.id


@pytest.mark.parametrize("given", [{"present": "wrong"}, {"present": ""}, {"file_password": "short"}])
def test_without_the_owners_password_or_with_a_weak_one_nothing_leaves(
    olivia: Inhabitant, given: dict[str, str]
) -> None:
    answer = ask(olivia, **given)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Entry.objects.filter(action="account.backup_taken").exists()


def test_guessing_at_a_left_desk_is_throttled(olivia: Inhabitant, one_moment: None) -> None:
    codes = {ask(olivia, present="guess").status_code for _ in range(30)}
    assert 429 in codes


@pytest.mark.parametrize("role", [Role.OFFICE, Role.VIEWER])
def test_only_owners_take_or_restore(olivia: Inhabitant, role: Role) -> None:
    who = people.colleague(olivia, role, "another@harbour.example")
    assert who.client.get("/account/backup/").status_code == 404
    assert ask(who).status_code == 404
    assert upload(who, b"x").status_code == 404


def test_staff_who_look_take_no_backup(olivia: Inhabitant) -> None:
    sam = people.staff()
    look = looking.start_look(staff_access(sam), olivia.account.id, "to see the prices", 15)
    looking.enter(SignInSession.objects.get(pk=sam.client.session[SESSION_KEY]), look)
    assert sam.client.get("/account/").status_code == 200
    assert ask(sam).status_code == 404


def test_an_empty_account_is_filled_from_a_file(olivia: Inhabitant, ben: Inhabitant) -> None:
    assert "Restore into this account" in ben.client.get("/account/backup/").content.decode()
    answer = upload(ben, taken(olivia.account, WORD).getvalue(), **{"restore-file_password": WORD})
    assert answer.status_code == 302
    assert User.objects.filter(account=ben.account).count() == 2
    page = ben.client.get("/account/backup/").content.decode()
    assert "Restore into this account" not in page
    assert "2 colleagues are invited" in page


@pytest.mark.parametrize(
    ("content", "field"), [(b"no backup", "__all__"), (b"", "file")], ids=["something else", "empty"]
)
def test_a_file_that_is_none_is_told_in_place(ben: Inhabitant, content: bytes, field: str) -> None:
    answer = upload(ben, content)
    assert answer.status_code == 422
    assert field in answer.context["restore_form"].errors


def test_a_full_account_refuses_a_restore_and_says_where_to_do_it(olivia: Inhabitant) -> None:
    answer = upload(olivia, taken(olivia.account).getvalue())
    assert answer.status_code == 422
    assert "Restore into a new, empty one" in answer.content.decode()


async def test_an_asynchronous_server_sends_it_piece_by_piece() -> None:
    spool, content = Spool(), bytes(range(256)) * 3000
    spool.write(content)
    answer = download(AsyncRequestFactory().post("/"), spool.reader(), encrypted=False)
    pieces = [piece async for piece in answer.streaming_content]  # type: ignore[union-attr]
    assert answer.is_async
    assert len(pieces) > 1
    assert b"".join(pieces) == content
