"""What the desk keeps."""

from allonce.kernel.desk.models.disputes import Dispute, DisputeLook
from allonce.kernel.desk.models.knowledge import Article, SavedReply
from allonce.kernel.desk.models.mails import RawMail
from allonce.kernel.desk.models.tickets import File, Line, Ticket, TimeEntry

__all__ = ["Article", "Dispute", "DisputeLook", "File", "Line", "RawMail", "SavedReply", "Ticket", "TimeEntry"]
