"""Tables and columns that nobody declared are found in the database itself."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from allonce.kernel.privacy.storage import UndeclaredStorage, refuse_undeclared, undeclared

pytestmark = pytest.mark.django_db


def test_a_fresh_installation_holds_only_what_is_declared(capsys: pytest.CaptureFixture[str]) -> None:
    assert undeclared() == []
    call_command("privacy")
    assert "All" in capsys.readouterr().out


def test_a_hand_made_table_and_a_left_over_column_are_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE mailing_list (email text)")
        cursor.execute("ALTER TABLE probe_effect ADD COLUMN nickname text")
    with connections["keys"].cursor() as cursor:
        cursor.execute("CREATE TABLE spare_keys (k text)")
    assert set(undeclared()) == {"default:mailing_list", "default:probe_effect.nickname", "keys:spare_keys"}
    with pytest.raises(UndeclaredStorage, match="mailing_list"):
        refuse_undeclared()
    with pytest.raises(CommandError, match="nickname"):
        call_command("privacy")
