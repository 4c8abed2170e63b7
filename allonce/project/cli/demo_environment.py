"""A demo never touches an installation's data: a folder, ports and keys of its own."""

import json
import os
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

FIRST_PORT = 8800
PORTS_TRIED = 40
DOORS = (
    *("ALLONCE_PORT", "ALLONCE_MAILBOX_PORT", "ALLONCE_SMTP_PORT", "ALLONCE_CHAT_SITES_PORT"),
    *("ALLONCE_CARD_SELLER_PORT", "ALLONCE_OAUTH_DOUBLE_PORT", "ALLONCE_DESK_PORT"),
)


def choose_demo_environment() -> None:
    """Set what is not set already: demo mode, its data folder, free ports, the mailbox as relay and text gateway."""
    home = Path(os.environ.get("ALLONCE_DATA_DIR", Path(__file__).resolve().parents[3] / "var"))
    wanted = os.environ.get("ALLONCE_PORT", "")
    # Ports that were asked for are taken as they are, and the demo's other doors lie beside it.
    ports = _free_ports(int(wanted) + 1 if wanted.isdecimal() else FIRST_PORT)
    web, mailbox, smtp, sites, cards, provider, desk = (os.environ.get(name) or str(next(ports)) for name in DOORS)
    chosen = {
        "ALLONCE_DEMO": "true",
        "ALLONCE_PORT": web,
        "ALLONCE_MAILBOX_PORT": mailbox,
        "ALLONCE_SMTP_PORT": smtp,
        "ALLONCE_CHAT_SITES_PORT": sites,
        # A handful of members is paired sooner than machine code is made for it.
        "NUMBA_DISABLE_JIT": "1",
        "ALLONCE_SMS_GATEWAY": "mailbox",
        "ALLONCE_SMS_URL": f"http://127.0.0.1:{mailbox}/texts",
        "ALLONCE_SMS_SENDER": "+447700900900",
        "ALLONCE_CARD_SELLER_PORT": cards,
        "ALLONCE_STRIPE_KEY": "sk_test_demonstration",
        "ALLONCE_STRIPE_WEBHOOK_SECRETS": json.dumps([f"whsec_{secrets.token_hex(16)}"]),
        "ALLONCE_STRIPE_API": f"http://127.0.0.1:{cards}",
        "ALLONCE_STRIPE_CHECKOUT": f"http://localhost:{cards}",
        # Any mail program can write to the demo's desk.
        "ALLONCE_DESK_PORT": desk,
        "ALLONCE_DESK_PROTOCOL": "smtp",
        "ALLONCE_OAUTH_DOUBLE_PORT": provider,
        "ALLONCE_OAUTH_NAME": "a demo account",
        "ALLONCE_OAUTH_CLIENT": "allonce-demo",
        "ALLONCE_OAUTH_SECRET": secrets.token_hex(16),
        "ALLONCE_OAUTH_AUTHORIZE": f"http://localhost:{provider}/authorize",
        "ALLONCE_OAUTH_TOKEN": f"http://127.0.0.1:{provider}/token",
        "ALLONCE_OAUTH_PROFILE": f"http://127.0.0.1:{provider}/me",
        "ALLONCE_ANYMAIL": json.dumps({"MAILGUN_WEBHOOK_SIGNING_KEY": secrets.token_hex(16)}),
    }
    for name, value in chosen.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("ALLONCE_PUBLIC_URL", f"http://localhost:{os.environ['ALLONCE_PORT']}")
    os.environ["ALLONCE_DATA_DIR"] = str(home / "demo")


def _free_ports(first: int) -> Iterator[int]:
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if _binds(probe, port):
                yield port
    raise SystemExit(f"No free port between {first} and {first + PORTS_TRIED}. Set ALLONCE_PORT.")


def _binds(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True
