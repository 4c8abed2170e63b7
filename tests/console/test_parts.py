"""The console's parts that need no browser, in Node."""

import os
import subprocess
import sys
from pathlib import Path

CONSOLE = Path(__file__).resolve().parents[2] / "clients" / "agent_console"
NODE = Path(sys.executable).with_name("node")


def test_the_consoles_parts_hold_in_node() -> None:
    files = sorted(str(path) for path in CONSOLE.glob("tests/*.test.ts"))
    assert files
    command = [str(NODE), "--disable-warning=ExperimentalWarning", "--test", "--test-force-exit", *files]
    done = subprocess.run(
        command, cwd=CONSOLE, env=os.environ, capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
