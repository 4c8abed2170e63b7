"""A destroyed key is gone from the bytes of the keys database, its write-ahead log included."""

from pathlib import Path

import pytest

from tests.probe.installation import installed

MAKE = """
from uuid import UUID
from allonce.kernel.vault import Scope, destroy_key, create_key
from allonce.kernel.vault.models import DataKey, KeyEncryptionEpoch
scope = Scope("account", UUID(int=5))
for number in range(50): create_key(Scope("account", UUID(int=number)))
print(bytes(DataKey.objects.get(scope_id=scope.id).wrapped).hex())
print(bytes(KeyEncryptionEpoch.objects.get(destroyed_at=None).wrapped).hex())
"""


@pytest.mark.slow
@pytest.mark.engine("sqlite3")  # a server's files are not ours to read
def test_neither_the_wrapped_key_nor_its_epochs_key_remains_in_any_byte(tmp_path: Path) -> None:
    with installed(tmp_path) as place:
        wrapped = [bytes.fromhex(line) for line in place.python(MAKE).split()]
        stored = list((place.data / "keys").iterdir())
        assert all(any(one in path.read_bytes() for path in stored) for one in wrapped)
        place.python(f"{MAKE}\ndestroy_key(scope)")
        stored = list((place.data / "keys").iterdir())
        assert not any(one in path.read_bytes() for one in wrapped for path in stored)
