"""A small address database in MaxMind's format, made by the rules of its specification (version 2.0)."""

import struct
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

MARK = b"\xab\xcd\xefMaxMind.com"
RECORD_BITS = 24


class Short(int):
    """Two bytes."""


class Long(int):
    """Eight bytes."""


def write(path: Path, networks: dict[str, dict[str, Any]]) -> Path:
    """Write a database that knows these IPv4 networks and nothing else."""
    tree: list[list[Any]] = [[None, None]]
    data = b""
    for network, facts in networks.items():
        _put(tree, network, len(data))
        data += _encoded(facts)
    count = len(tree)
    nodes = b"".join(_record(side, count) for node in tree for side in node)
    about = {
        "node_count": count,
        "record_size": Short(RECORD_BITS),
        "ip_version": Short(4),
        "database_type": "Test",
        "languages": ["en"],
        "binary_format_major_version": Short(2),
        "binary_format_minor_version": Short(0),
        "build_epoch": Long(1),
        "description": {"en": "For tests"},
    }
    path.write_bytes(nodes + bytes(16) + data + MARK + _encoded(about))
    return path


def _put(tree: list[list[Any]], network: str, offset: int) -> None:
    wanted = ip_network(network)
    bits = f"{int(wanted.network_address):032b}"[: wanted.prefixlen]
    node = 0
    for bit in bits[:-1]:
        if tree[node][int(bit)] is None:
            tree.append([None, None])
            tree[node][int(bit)] = len(tree) - 1
        node = tree[node][int(bit)]
    tree[node][int(bits[-1])] = ("data", offset)


def _record(side: Any, count: int) -> bytes:
    value = count if side is None else count + 16 + side[1] if isinstance(side, tuple) else side
    return int(value).to_bytes(RECORD_BITS // 8, "big")


def _encoded(value: Any) -> bytes:
    return next(encode(value) for sort, encode in ENCODERS if isinstance(value, sort))


def _map(value: dict[str, Any]) -> bytes:
    return bytes([7 << 5 | len(value)]) + b"".join(_encoded(name) + _encoded(each) for name, each in value.items())


def _text(value: str) -> bytes:
    raw = value.encode()
    return (bytes([2 << 5 | len(raw)]) if len(raw) < 29 else bytes([2 << 5 | 29, len(raw) - 29])) + raw


# In the order in which they are asked: a bool is an int, too.
ENCODERS: list[tuple[type[Any], Callable[[Any], bytes]]] = [
    (bool, lambda value: bytes([int(value), 7])),
    (dict, _map),
    (list, lambda value: bytes([len(value), 4]) + b"".join(map(_encoded, value))),
    (float, lambda value: bytes([3 << 5 | 8]) + struct.pack(">d", value)),
    (Short, lambda value: bytes([5 << 5 | 2]) + value.to_bytes(2, "big")),
    (Long, lambda value: bytes([8, 2]) + value.to_bytes(8, "big")),
    (int, lambda value: bytes([6 << 5 | 4]) + value.to_bytes(4, "big")),
    (str, _text),
]
