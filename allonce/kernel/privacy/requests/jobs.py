"""What runs by itself: reminders, the destruction of documents, deeds that were decided, notices of a transfer."""

from datetime import timedelta
from uuid import UUID

from allonce.kernel.jobs import every, job
from allonce.kernel.privacy.requests.services import announcing, carrying, documents, identity, reminding, telling


@every("daily at 06:30")
@job("requests.remind")
def remind() -> None:
    reminding.remind()


@every(timedelta(hours=1))
@job("requests.sweep_documents", transactional=False)
def sweep_documents() -> None:
    documents.sweep()


@job("requests.destroy_document", transactional=False)
def destroy_document(document_id: UUID) -> None:
    documents.destroy(document_id)


@job("requests.carry_out", max_attempts=24, transactional=False)
def carry_out(request_id: UUID) -> None:
    carrying.carry_out(identity.verified(request_id))


@every("daily at 06:40")
@job("requests.finish_deeds", transactional=False)
def finish_deeds() -> None:
    carrying.finish_what_waited()


@job("requests.announce_transfer", max_attempts=24)
def announce_transfer(transfer_id: UUID) -> None:
    if announcing.tell_some(transfer_id):
        announce_transfer.later(transfer_id)


@every("daily at 05:10")
@job("requests.announce_to_newcomers")
def announce_to_newcomers() -> None:
    for transfer_id in announcing.running():
        announce_transfer.later(transfer_id)


@every("daily at 06:10")
@job("requests.tell_of_disclosures")
def tell_of_disclosures() -> None:
    telling.tell_what_may_be_told()
