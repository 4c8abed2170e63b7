"""Acts on leads in words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "chat.lead_new": _("Marked a lead as new"),
    "chat.lead_delivered": _("Marked a lead as delivered"),
    "chat.lead_contacted": _("Marked a lead as contacted"),
    "chat.lead_won": _("Marked a lead as won"),
    "chat.lead_lost": _("Marked a lead as lost"),
    "chat.lead_noted": _("Changed the note of a lead"),
    "chat.lead_merged": _("Merged a lead into another"),
    "chat.lead_parted": _("Parted a lead from another"),
    "chat.lead_written_to": _("Wrote to a visitor by mail"),
    "chat.lead_called": _("Called a visitor"),
    "chat.lead_texted": _("Texted a visitor"),
    "chat.call_noted": _("Noted how a call went"),
    "chat.text_consent_noted": _("Noted a visitor's consent to be texted"),
    "chat.delivery_replayed": _("Sent a lead again"),
    "chat.contact_stopped": _("Put a visitor on the list of those who must not be contacted"),
    "chat.contact_allowed": _("Took a visitor off the list of those who must not be contacted"),
    "chat.consumer_deleted": _("Deleted a visitor with all that was said"),
    "chat.consumer_exported": _("Took a copy of what is held of a visitor"),
    "chat.leads_exported": _("Took leads as a table"),
    "chat.lead_settings_saved": _("Changed where leads go"),
}
