"""What keeps the keys in order: run here because the vault itself stands left of the jobs."""

from datetime import timedelta

from allonce.kernel.jobs import every
from allonce.kernel.privacy import storage
from allonce.kernel.vault import epochs, orphans, rotation


@every("daily at 02:40")
def sweep_unused_keys() -> None:
    """Destroys keys whose first row never came to be."""
    orphans.sweep()


@every(timedelta(hours=1))
def finish_key_rotations() -> None:
    """Destroys data keys that were replaced an hour ago, and cuts what freed pages remember."""
    rotation.finish_rotations()
    epochs.forget_freed_pages()


@every(timedelta(days=30))
def end_the_epoch() -> None:
    """Wraps all data keys anew and destroys the old key-encryption key, also when nothing was destroyed."""
    epochs.rotate_epoch()


@every("daily at 03:10")
def look_for_undeclared_storage() -> None:
    """Fails, and so ends among the dead letters, if a database holds what nobody declared."""
    storage.refuse_undeclared()
