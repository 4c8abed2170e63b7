"""What a new operator is told who runs a command before there is anything."""

from pathlib import Path

from tests.probe.installation import Installation


def test_a_command_before_the_first_start_says_what_to_do(tmp_path: Path) -> None:
    bare = Installation(tmp_path, ALLONCE_DATABASE_URL="", ALLONCE_KEYS_DATABASE_URL="")
    done = bare.run("createoperator", "--email", "sam@operator.example", "--name", "Sam Reed", check=False)
    assert done.returncode == 1
    assert "`allonce up`" in done.stderr
    assert "Traceback" not in done.stderr
