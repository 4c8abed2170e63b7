"""Words for what the desk records and tells."""

from django.utils.translation import gettext_lazy as _

from allonce.kernel.desk import telling
from allonce.kernel.notices import Kind

ACTIONS = {
    "ticket.word": _("Wrote to the desk"),
    "ticket.answer": _("Answered a ticket"),
    "ticket.note": _("Added a note to a ticket"),
    "ticket.read": _("Read a ticket"),
    "ticket.mail_read": _("Read a mail that became no ticket"),
    "ticket.claims": _("A mail named a ticket of somebody else"),
    "ticket.rated": _("Said how a ticket was handled"),
    "ticket.taken": _("Took a ticket"),
    "ticket.let_go": _("Let go of a ticket"),
    "ticket.sorted": _("Sorted a ticket"),
    "ticket.time_logged": _("Logged time on a ticket"),
    "ticket.files_left_out": _("Files of a ticket were left out"),
    "ticket.not_delivered": _("A letter of a ticket did not arrive"),
    "ticket.not_reproduced": _("Could not reproduce an incident"),
    "ticket.closed": _("Closed a ticket"),
    "ticket.closed_quiet": _("Closed an incident that did not come back"),
    "ticket.merged": _("Merged a ticket into another"),
    "ticket.merged_away": _("Closed a merged ticket"),
    "ticket.rested": _("A solved ticket closed after two weeks"),
    "ticket.reopened": _("Opened a ticket again"),
    "ticket.dispute_taken": _("Took a late dispute"),
    "ticket.dispute_looked": _("Looked into an account for a dispute"),
    "ticket.dispute_decided": _("Decided a dispute"),
    "reply.saved": _("Saved words for answers"),
    "reply.removed": _("Removed words for answers"),
    "article.saved": _("Saved an answer of the desk"),
}
# What an event says on the ticket itself; what follows is its words, where it has some.
EVENTS = {
    "claims": _("Its sender quotes a ticket of somebody else; merge it if it belongs there"),
    "rated": _("The sender said how it was"),
    "taken": _("Taken"),
    "let_go": _("Nobody handles it"),
    "sorted": _("Sorted"),
    "time_logged": _("Minutes logged"),
    "files_left_out": _("Files left out, as they were harmful or too big"),
    "not_delivered": _("A letter did not arrive"),
    "not_reproduced": _("Could not be reproduced"),
    "closed": _("Closed"),
    "closed_quiet": _("Closed: not reported again for a month"),
    "rested": _("Closed, as it was solved for two weeks"),
    "merged": _("Took in ticket"),
    "merged_away": _("Merged into another ticket"),
    "reopened": _("Open again"),
    "dispute_taken": _("The case is taken"),
    "dispute_looked": _("Looked at the account's data for the case"),
    "dispute_decided": _("The case is decided"),
}
NOTICES = (
    Kind(telling.NEW, _("A ticket has come to the desk"), staff=True),
    Kind(telling.LATE, _("Answers of the desk are late"), staff=True),
)
TABLES = {
    "desk.Ticket": "Tickets",
    "desk.Line": "What was said on tickets",
    "desk.File": "Files of tickets",
    "desk.Dispute": "Disputes",
    "desk.RawMail": "Mails to the desk as they came",
}
