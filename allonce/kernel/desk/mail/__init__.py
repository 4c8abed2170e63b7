"""Reads mails as people and machines really send them. Knows no framework and no database."""

from allonce.kernel.desk.mail.digests import digest
from allonce.kernel.desk.mail.ids import normal_id
from allonce.kernel.desk.mail.reading import read_mail
from allonce.kernel.desk.mail.replies import reply_of
from allonce.kernel.desk.mail.threading import claimed_parent_of, may_open, parent_of
from allonce.kernel.desk.mail.values import Address, Bounce, File, Kind, Mail

__all__ = [
    "Address",
    "Bounce",
    "File",
    "Kind",
    "Mail",
    "claimed_parent_of",
    "digest",
    "may_open",
    "normal_id",
    "parent_of",
    "read_mail",
    "reply_of",
]
