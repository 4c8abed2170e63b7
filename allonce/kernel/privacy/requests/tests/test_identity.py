"""Nothing about anybody leaves before the sender is proved, and a document does not outlive its check."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from allonce.kernel import jobs
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.kernel.clock import now, travel
from allonce.kernel.declarations import evidence_for
from allonce.kernel.privacy.requests.files import judged
from allonce.kernel.privacy.requests.models import IdentityDocument, RightsRequest
from allonce.kernel.privacy.requests.services import answering, carrying, documents, identity
from allonce.kernel.privacy.requests.tests import desk
from allonce.kernel.vault import files
from allonce.kernel.vault.errors import KeyDestroyed

pytestmark = [pytest.mark.django_db, pytest.mark.promise("PRIV-RIGHTS-IDENTITY")]
UNPROVED = ["unproved", "doubted", "refused"]


def with_doubt(sam: Inhabitant, **asked: str) -> RightsRequest:
    request = desk.asked(**asked)
    desk.done(sam, "doubt", reason=desk.REASON)
    return request


def files_on_disk(document: IdentityDocument) -> list[Path]:
    return list((Path(settings.FILES_DIR) / "person" / document.id.hex).glob("*"))


def test_pressing_the_button_behind_the_mailed_link_proves_the_mailbox(olivia: Inhabitant) -> None:
    desk.asked(email=olivia.person.email)
    Client().get(desk.link())
    assert desk.the_request().identity == "unproved"
    desk.confirm()
    request = desk.the_request()
    assert (request.identity, request.person) == ("mailbox", olivia.person)
    assert not request.is_paused


def test_a_replayed_link_changes_nothing_more() -> None:
    desk.asked()
    desk.confirm()
    desk.confirm()
    assert desk.the_request().steps.filter(kind="proved").count() == 1


@pytest.mark.parametrize("state", UNPROVED)
def test_no_answer_and_no_export_leaves_while_the_sender_is_not_proved(
    sam: Inhabitant, olivia: Inhabitant, state: str
) -> None:
    request = desk.asked(email=olivia.person.email)
    RightsRequest.objects.update(identity=state, person=olivia.person)
    given = {"words": "Here it is.", "deed": "export"}
    assert desk.act(sam, "answer", **given).status_code == 422
    with pytest.raises(identity.NotProved):
        identity.verified(request.id)
    assert desk.the_request().is_open
    RightsRequest.objects.update(
        deed="export", download_until=now() + timedelta(days=1), state="answered", closed_by=uuid4()
    )
    assert Client().post(f"{desk.link()}download/").status_code == 409
    assert not desk.letters("requests.answered")


def test_nobody_else_can_say_that_a_sender_is_proved() -> None:
    request = desk.asked()
    with pytest.raises(TypeError):
        identity.Verified(request.id, None, "mailbox", object())
    assert answering.answer.__annotations__["proof"] is identity.Verified
    assert carrying.download.__annotations__["proof"] is identity.Verified


def test_a_proved_sender_downloads_their_own_data_for_a_week(sam: Inhabitant, olivia: Inhabitant) -> None:
    desk.asked(email=olivia.person.email)
    desk.confirm()
    desk.done(sam, "answer", words="Here is all we hold.", deed="export")
    path = desk.link_in(desk.letters("requests.answered")[0])
    archive = Client().post(f"{path}download/")
    assert archive["Content-Type"] == "application/zip"
    assert olivia.person.name.encode() in archive.content
    with travel(now() + timedelta(days=8)):
        assert Client().post(f"{path}download/").status_code == 404


def test_data_of_somebody_else_cannot_be_reached_with_ones_own_mailbox(sam: Inhabitant, olivia: Inhabitant) -> None:
    desk.asked(name="Olivia Marsh", email="thief@post.example")
    desk.confirm()
    assert desk.the_request().person is None
    assert desk.act(sam, "answer", words="Here it is.", deed="export").status_code == 422


def test_no_document_is_taken_unless_a_doubt_was_recorded() -> None:
    desk.asked()
    path = desk.link()
    assert b'type="file"' not in Client().get(path).content
    with pytest.raises(documents.NotAskedFor):
        documents.take(desk.the_request().id, desk.picture())
    assert not IdentityDocument.objects.exists()


def test_a_doubt_needs_a_reason_and_the_sender_reads_it(sam: Inhabitant) -> None:
    desk.asked()
    desk.confirm()
    assert not desk.the_request().is_paused
    assert desk.act(sam, "doubt", reason="no").status_code == 422
    desk.done(sam, "doubt", reason=desk.REASON)
    assert desk.REASON in desk.letters("requests.doubted")[0]["text"]
    assert desk.the_request().is_paused
    desk.confirm()
    assert desk.the_request().identity == "doubted"


@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_the_document_is_gone_after_the_decision(sam: Inhabitant, decision: str) -> None:
    with_doubt(sam)
    assert desk.upload(desk.picture()).status_code == 302
    document = IdentityDocument.objects.get()
    assert files_on_disk(document)
    desk.done(sam, decision, reason="Name and signature, compared with the account.")
    document.refresh_from_db()
    assert document.destroyed_at is not None
    assert not files_on_disk(document)
    with pytest.raises(KeyDestroyed):
        files.read(files.FileRef(document.scope, document.id, documents.NAME))
    assert desk.the_request().identity == ("document" if decision == "accept" else "refused")
    assert evidence_for("PRIV-RIGHTS-IDENTITY")[0].holds


@pytest.mark.parametrize("ending", ["refuse", "close"])
def test_the_document_is_gone_after_the_request_was_closed(sam: Inhabitant, ending: str) -> None:
    with_doubt(sam)
    desk.upload(desk.picture())
    desk.done(sam, ending, reason="They took the request back by telephone.")
    jobs.run_due()
    assert IdentityDocument.objects.get().destroyed_at is not None


def test_a_document_that_nobody_judges_is_destroyed_after_two_weeks(sam: Inhabitant) -> None:
    with_doubt(sam)
    desk.upload(desk.picture())
    with travel(now() + timedelta(days=13)):
        assert documents.sweep() == 0
    with travel(now() + timedelta(days=15)):
        assert documents.sweep() == 1
    assert not files_on_disk(IdentityDocument.objects.get())
    assert desk.the_request().steps.filter(kind="destroyed").exists()


def test_a_document_left_by_a_crash_after_the_decision_is_destroyed_by_the_sweep(
    sam: Inhabitant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_doubt(sam)
    desk.upload(desk.picture())
    with monkeypatch.context() as broken:
        broken.setattr(documents, "destroy", lambda _id: None)
        desk.done(sam, "accept", reason="Name and signature agree.")
    assert files_on_disk(IdentityDocument.objects.get())
    assert not evidence_for("PRIV-RIGHTS-IDENTITY")[0].holds
    documents.sweep()
    assert not files_on_disk(IdentityDocument.objects.get())


def test_a_second_copy_takes_the_place_of_the_first(sam: Inhabitant) -> None:
    with_doubt(sam)
    desk.upload(desk.picture())
    desk.upload(desk.picture("PNG"))
    assert IdentityDocument.objects.filter(destroyed_at=None).count() == 1


def test_only_who_handles_the_request_sees_the_document_and_only_with_a_reason(sam: Inhabitant) -> None:
    request = with_doubt(sam)
    desk.upload(desk.picture())
    path = f"/operator/requests/{request.id}/document/"
    kim = desk.kim(sam)
    assert kim.client.post(path, {"reason": desk.REASON}).status_code == 422
    assert sam.client.post(path, {"reason": ""}).status_code == 422
    shown = sam.client.post(path, {"reason": "To compare the names."})
    assert shown["Content-Type"] == "image/jpeg"
    assert "attachment" in shown["Content-Disposition"]
    assert [step.words for step in request.steps.filter(kind="opened")] == ["To compare the names."]
    assert desk.act(kim, "accept", reason="Name and signature agree.").status_code == 422


def test_somebody_who_lost_the_known_mailbox_is_found_by_a_document(sam: Inhabitant, olivia: Inhabitant) -> None:
    with_doubt(sam, email="new-address@post.example")
    desk.upload(desk.picture())
    wrong = desk.act(sam, "accept", reason="Name and signature agree.", known_email="nobody@post.example")
    assert wrong.status_code == 422
    desk.done(sam, "accept", reason="Name and signature agree.", known_email=olivia.person.email)
    assert desk.the_request().person == olivia.person


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"\xff\xd8\xff\xe0 no picture",
        b"GIF89a\x01\x00\x01\x00",
    ],
)
def test_what_is_no_document_is_not_taken(sam: Inhabitant, data: bytes) -> None:
    with_doubt(sam)
    assert desk.upload(data).status_code == 422
    assert not IdentityDocument.objects.exists()


def test_a_picture_keeps_nothing_beside_its_pixels() -> None:
    kind, clean = judged(desk.picture(note=b"taken at home"))
    assert kind == "image/jpeg"
    assert b"taken at home" not in clean
    assert judged(b"%PDF-1.7\n1 0 obj")[0] == "application/pdf"
