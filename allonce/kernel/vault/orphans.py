"""Keys that were made for rows which then never came to be."""

from datetime import timedelta

from allonce.kernel.clock import now
from allonce.kernel.vault import files
from allonce.kernel.vault.destruction import destroy_keys
from allonce.kernel.vault.errors import VaultError
from allonce.kernel.vault.keyring import scope_of_row
from allonce.kernel.vault.models import DataKey
from allonce.kernel.vault.rotation import rows_of, sealed_models
from allonce.kernel.vault.scope import Scope

# A key precedes its row by one transaction; a day is beyond any of them.
AGE = timedelta(days=1)
# A sweep that sees an empty database by mistake must not destroy the keys of a full one.
PLAUSIBLE = 20


def sweep(limit: int = 1000) -> int:
    """Destroy keys of accounts and persons that own no row and no file. Returns how many keys went.

    Raises VaultError, having destroyed nothing, if most keys look unused.
    """
    files.remove_drafts(AGE)
    old = DataKey.objects.filter(state=DataKey.State.ACTIVE, created_at__lt=now() - AGE)
    scopes = [scope_of_row(row) for row in old.exclude(scope_kind="install").order_by("created_at")]
    orphans = [scope for scope in scopes if not owns_anything(scope)][:limit]
    if len(orphans) > PLAUSIBLE and len(orphans) * 2 > len(scopes):
        raise VaultError(f"{len(orphans)} of {len(scopes)} keys look unused, which is more than accidents explain")
    return destroy_keys(orphans) if orphans else 0


def owns_anything(scope: Scope) -> bool:
    """Whether any row or file needs this scope's key."""
    return any(rows_of(scope, model).exists() for model in sealed_models(scope.kind)) or files.has_files(scope)
