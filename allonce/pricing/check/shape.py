"""Whether a value from outside has the shape of a typed dictionary of `allonce.pricing.types`."""

import re
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from allonce.pricing.check.findings import Findings

LARGEST_AMOUNT = 1_000_000_000
ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
NAMED_BY_PEOPLE = {"ranges"}


def check_shape(value: Any, kind: Any, findings: Findings) -> None:
    """Report every field that is missing or of the wrong kind."""
    origin = get_origin(kind)
    if is_typeddict(kind):
        check_fields(value, kind, findings)
    elif origin is NotRequired:
        check_shape(value, get_args(kind)[0], findings)
    elif origin in (Union, UnionType):
        check_union(value, get_args(kind), findings)
    elif origin is Literal:
        if value not in get_args(kind):
            findings.error("shape_choice", allowed=", ".join(map(str, get_args(kind))))
    elif origin in (list, dict):
        check_container(value, origin, get_args(kind), findings)
    elif kind is not Any:
        check_plain(value, kind, findings)


def check_fields(value: Any, kind: Any, findings: Findings) -> None:
    """The fields of an object; unknown ones are left to whoever put them there."""
    if type(value) is not dict:
        findings.error("shape_object")
        return
    for name, hint in hints_of(kind).items():
        if name in value:
            check_shape(value[name], hint, findings.at(name))
        elif get_origin(hint) is not NotRequired:
            findings.at(name).error("shape_missing")


@cache
def hints_of(kind: Any) -> dict[str, Any]:
    """A typed dictionary's fields, worked out once: a product may have 20,000 rows of one kind."""
    return get_type_hints(kind, include_extras=True)


def check_union(value: Any, kinds: tuple[Any, ...], findings: Findings) -> None:
    """The only unions are with None."""
    if value is None and NoneType in kinds:
        return
    for kind in kinds:
        if kind is not NoneType:
            check_shape(value, kind, findings)


def check_container(value: Any, origin: Any, kinds: tuple[Any, ...], findings: Findings) -> None:
    """Every element of a list, every value and key of an object."""
    if type(value) is not origin:
        findings.error("shape_list" if origin is list else "shape_object")
        return
    if origin is list:
        for number, element in enumerate(value):
            check_shape(element, kinds[0], findings.at(name_of(element, number)))
        return
    for key, element in value.items():
        check_key(key, findings)
        check_shape(element, kinds[1], findings.at(str(key)))


def name_of(element: Any, number: int) -> str:
    """An element's id if it has one, or else its place."""
    named = element.get("id") if isinstance(element, dict) else None
    return named if isinstance(named, str) else str(number)


def check_key(key: Any, findings: Findings) -> None:
    """Ids by the rule of ids; names of ranges and colours only may be anything safe."""
    by_people = any(part in NAMED_BY_PEOPLE for part in findings.path.split("/"))
    if by_people and isinstance(key, str) and key != "__proto__" and 0 < len(key) <= 120:
        return
    if not isinstance(key, str) or not ID.fullmatch(key):
        findings.error("id_bad", id=str(key))


def check_plain(value: Any, kind: Any, findings: Findings) -> None:
    """Integers within bounds, text, true or false."""
    if type(value) is not kind:
        code = {int: "shape_whole", str: "shape_text", bool: "shape_bool"}[kind]
        findings.error(code)
    elif kind is int and abs(value) > LARGEST_AMOUNT:
        findings.error("shape_too_large")
