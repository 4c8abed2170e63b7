"""The shop's own key in the hands of the tests, as the owner's browser would hold it: through the sealing library."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.live.installation import LiveInstallation

PHONE = Path(__file__).resolve().parents[2] / "clients" / "phone"
NODE = Path(sys.executable).with_name("node")
WRAP = """
import { wrapForDevice } from "../sealing/src/index.ts";
const [key, account, device, jwk] = process.argv.slice(1);
const secret = { generation: 1, pkcs8: Uint8Array.from(Buffer.from(key, "hex")) };
console.log(await wrapForDevice(secret, account, device, JSON.parse(jwk)));
"""
OPEN = """
import { readFileSync } from "node:fs";
import { openJobFile, openingKey } from "../sealing/src/index.ts";
const [key, path] = process.argv.slice(1);
const secret = { generation: 1, pkcs8: Uint8Array.from(Buffer.from(key, "hex")) };
const content = await openJobFile(new Uint8Array(readFileSync(path)), () => openingKey(secret));
console.log(JSON.stringify(content.json));
"""


def read_job_file(file: Path, installation: LiveInstallation) -> dict[str, Any]:
    """The job inside a job file, opened with the shop's key."""
    opened: dict[str, Any] = json.loads(_node(OPEN, installation.account_key, str(file)))
    return opened


def wrap_for_device(user_id: str, installation: LiveInstallation) -> None:
    """Approves a User's phone as the owner does: the key sealed to it, its fingerprint compared."""
    device = json.loads(installation.scene(f"print(scene.device_of({user_id!r}))"))
    given = (installation.account_key, device["account"], device["id"], json.dumps(device["seal_key"]))
    wrap = _node(WRAP, *given).strip()
    installation.scene(f"scene.approve({device['id']!r}, {wrap!r})")


def _node(code: str, *arguments: str) -> str:
    command = [str(NODE), "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", code, *arguments]
    done = subprocess.run(command, cwd=PHONE, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
