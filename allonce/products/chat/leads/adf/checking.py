"""Checks a document against adf.dtd: children and their order, texts where texts may stand, attributes and values.

The document type uses a part of XML's own language for them, and this reads that part: sequences, choices, `?`, `*`
and `+`, #PCDATA, CDATA and enumerations. Its own tests judge it by a validating parser.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element

_DECLARED = re.compile(r"<!(ELEMENT|ATTLIST)\s+(\S+)\s+([^>]+)>")
_ATTRIBUTE = re.compile(r"(\S+)\s+(CDATA|\([^)]*\))\s+(#REQUIRED|#IMPLIED|\"[^\"]*\")")
_PART = re.compile(r"[A-Za-z]+|[()|,?*+]")
TEXT_ONLY = "(#PCDATA)"


@dataclass(frozen=True)
class Attribute:
    """`values` are those that may stand there; None: any."""

    required: bool
    values: frozenset[str] | None


@dataclass
class Declared:
    """One kind of element. `children` is None where only text may stand."""

    children: re.Pattern[str] | None
    attributes: dict[str, Attribute] = field(default_factory=dict)


def faults(root: Element) -> list[str]:
    """What is wrong with a document, in words; empty for a valid one."""
    known = document_type()
    if root.tag != "adf":
        return [f"the document begins with {root.tag}"]
    return [fault for element in root.iter() for fault in _faults(element, known)]


@cache
def document_type() -> dict[str, Declared]:
    """The declarations of adf.dtd by element."""
    text = re.sub(r"<!--.*?-->", "", (files(__package__) / "adf.dtd").read_text(), flags=re.DOTALL)
    found: dict[str, Declared] = {}
    for sort, name, rest in _DECLARED.findall(text):
        if sort == "ELEMENT":
            found[name] = Declared(None if rest.strip() == TEXT_ONLY else _pattern(rest))
        else:
            found[name].attributes |= {
                attribute: Attribute(default == "#REQUIRED", None if values == "CDATA" else _enumerated(values))
                for attribute, values, default in _ATTRIBUTE.findall(rest)
            }
    return found


def _pattern(model: str) -> re.Pattern[str]:
    """A content model as an expression over the names of children, each with a comma after it."""
    written = [f"(?:{part},)" if part.isalpha() else "(?:" if part == "(" else part for part in _PART.findall(model)]
    return re.compile("".join(each for each in written if each != ","))


def _enumerated(values: str) -> frozenset[str]:
    return frozenset(each.strip() for each in values.strip("()").split("|"))


def _faults(element: Element, known: dict[str, Declared]) -> Iterator[str]:
    declared = known.get(str(element.tag))
    if declared is None:
        yield f"{element.tag} is not part of the format"
        return
    names = "".join(f"{child.tag}," for child in element)
    if declared.children is None and names:
        yield f"{element.tag} holds elements, where only text may stand"
    if declared.children is not None and not declared.children.fullmatch(names):
        yield f"{element.tag} holds {names or 'nothing'}"
    if declared.children is not None and any((text or "").strip() for text in _texts(element)):
        yield f"{element.tag} holds text, where only elements may stand"
    yield from _wrong_attributes(element, declared)


def _texts(element: Element) -> Iterator[str | None]:
    yield element.text
    for child in element:
        yield child.tail


def _wrong_attributes(element: Element, declared: Declared) -> Iterator[str]:
    for name, value in element.attrib.items():
        rule = declared.attributes.get(name)
        if rule is None or (rule.values is not None and value not in rule.values):
            yield f"{element.tag} has {name}={value!r}"
    for name, rule in declared.attributes.items():
        if rule.required and name not in element.attrib:
            yield f"{element.tag} lacks {name}"
