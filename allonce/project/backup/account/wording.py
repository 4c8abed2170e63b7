"""What backups of an account are called in the activity record."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "account.backup_taken": _("Took a full backup of the account"),
    "account.restored": _("Restored the account from a backup"),
}
