"""Backups: the data and, apart from it, the keys. Restoring needs both, and the root key that is in neither."""

from allonce.project.backup.making import back_up_data, back_up_keys, prune_keys
from allonce.project.backup.restoring import restore
from allonce.project.backup.verifying import verify

__all__ = ["back_up_data", "back_up_keys", "prune_keys", "restore", "verify"]
