"""Keys are about scopes, never about what they protect."""

from allonce.kernel.declarations import declare

declare(
    "vault.KeyEncryptionEpoch",
    subject=None,
    id="none",
    wrapped=("none", "a key, wrapped by the root key"),
    created_at="none",
    destroyed_at="none",
)
declare(
    "vault.DataKey",
    subject=None,
    id="none",
    scope_kind="none",
    scope_id="none",
    epoch="none",
    wrapped=("none", "a key, wrapped by its epoch's key"),
    state="none",
    created_at="none",
    retired_at="none",
    destroyed_at="none",
)
declare("vault.KeyStoreState", subject=None, id="none", generation="none")
declare("vault.RotationProgress", subject=None, id="none", retiring="none", model="none", last_row="none", done="none")
