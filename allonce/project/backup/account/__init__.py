"""An account's own full backup in open formats, and its restoring here or elsewhere (docs/account-backup.md)."""
