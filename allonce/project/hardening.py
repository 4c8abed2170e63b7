"""What a process that holds secrets in memory must not do."""

import os
import resource

OTHERS = 0o077


def harden() -> None:
    """Everything of this module; call it before the first file is written or secret read."""
    refuse_core_dumps()
    keep_files_private()


def keep_files_private() -> None:
    """Let nobody else on this machine read what this process and its children write: databases, logs, backups."""
    os.umask(OTHERS)


def refuse_core_dumps() -> None:
    """Let no crash write this process's memory, with keys and orders in it, to the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
