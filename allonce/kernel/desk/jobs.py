"""What runs by itself: reading mails, and word of answers that are late."""

from uuid import UUID

from allonce.kernel.jobs import every, job


@job("desk.read", max_attempts=10)
def read(mail_id: UUID) -> None:
    from allonce.kernel.desk.services import intake

    intake.read(mail_id)


@every("daily at 08:10")
@job("desk.tell_of_late")
def tell_of_late() -> None:
    from allonce.kernel.desk import telling

    telling.tell_of_late()


@every("daily at 04:40")
@job("desk.close_solved", transactional=False)
def close_solved() -> None:
    from allonce.kernel.desk.services import closing

    closing.close_solved()
