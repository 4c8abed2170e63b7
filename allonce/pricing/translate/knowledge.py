"""What the translator knows beyond the statement at hand: modules, functions, and which fields are true or false."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

from allonce.pricing.translate.refusal import Refused

PACKAGE = Path(__file__).parent.parent
TYPES = ("allonce.pricing.types", "typing", "collections.abc")
PRIMITIVES = "allonce.pricing.engine.primitives"


@dataclass
class Source:
    """One module of the subset, parsed."""

    name: str
    path: str
    tree: ast.Module

    def imports(self) -> list[ast.ImportFrom]:
        """What it imports from other translated modules."""
        return [node for node in self.tree.body if isinstance(node, ast.ImportFrom) and is_engine(node)]


@dataclass
class Knowledge:
    """Names that any module may use, and those that yield true or false."""

    functions: set[str] = field(default_factory=set)
    constants: set[str] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)
    bool_fields: set[str] = field(default_factory=set)

    def top_level(self) -> set[str]:
        """Every name of every module so far."""
        return self.functions | self.constants


def is_engine(node: ast.ImportFrom) -> bool:
    """Whether an import is of translated code, not of types."""
    return not (node.module or "").startswith(TYPES)


def parse(name: str, text: str | None = None) -> Source:
    """Read a module by its dotted name (or the given text under that name)."""
    file = PACKAGE.parent.parent.joinpath(*name.split(".")).with_suffix(".py")
    path = "/".join([*name.split(".")[:-1], file.name])
    return Source(name, path, ast.parse(text if text is not None else file.read_text("utf-8"), path))


def gather(roots: list[str]) -> list[Source]:
    """The roots and all they import, each after what it imports; the primitives stay outside."""
    ordered: dict[str, Source] = {}
    for name in roots:
        visit(name, ordered, ())
    return list(ordered.values())


def visit(name: str, ordered: dict[str, Source], trail: tuple[str, ...]) -> None:
    """Put one module behind its imports."""
    if name in ordered or name == PRIMITIVES:
        return
    source = parse(name)
    if name in trail:
        raise Refused(source.path, source.tree, f"modules import each other: {' > '.join(trail)}")
    for node in source.imports():
        check_import(source, node)
        visit(str(node.module), ordered, (*trail, name))
    ordered[name] = source


def check_import(source: Source, node: ast.ImportFrom) -> None:
    """Only names of this package's translated modules come in, under their own names."""
    if not (node.module or "").startswith("allonce.pricing."):
        raise Refused(source.path, node, f"import of {node.module} is outside the subset")
    for alias in node.names:
        if alias.asname or alias.name == "*":
            raise Refused(source.path, node, "imports keep their names")


def is_bool_annotation(node: ast.expr | None) -> bool:
    """`bool` and `TypeGuard[...]`."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Name) and node.value.id == "TypeGuard"
    return isinstance(node, ast.Name) and node.id == "bool"


def bool_fields(types: list[Source]) -> set[str]:
    """Fields that are true or false wherever a typed dictionary has them."""
    yes: set[str] = set()
    no: set[str] = set()
    for source in types:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                (yes if is_bool_field(node.annotation) else no).add(node.target.id)
    return yes - no


def is_bool_field(annotation: ast.expr) -> bool:
    """`bool` or `NotRequired[bool]`."""
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        return annotation.value.id == "NotRequired" and is_bool_annotation(annotation.slice)
    return is_bool_annotation(annotation)
