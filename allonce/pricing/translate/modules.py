"""Whole modules into one ES module."""

import ast
from pathlib import Path

from allonce.pricing.translate.expressions import Expressions
from allonce.pricing.translate.knowledge import (
    PRIMITIVES,
    Knowledge,
    Source,
    bool_fields,
    gather,
    is_bool_annotation,
    is_engine,
    parse,
)
from allonce.pricing.translate.refusal import Refused
from allonce.pricing.translate.scope import Scope
from allonce.pricing.translate.statements import comment, is_docstring, translate_function

ROOTS = [
    "allonce.pricing.engine.quote",
    "allonce.pricing.engine.state",
    "allonce.pricing.engine.assemble",
    "allonce.pricing.words",
]
TYPES = [
    "allonce.pricing.types.catalogue",
    "allonce.pricing.types.results",
    "allonce.pricing.types.work",
]
PUBLIC = ["apply_rules", "assemble", "price_line", "price_quote", "problem_message", "show_plain", "step_label"]
PRELUDE = Path(__file__).with_name("prelude.js")
# Chromium compiles a module that begins so while it loads; the first price on a slow phone
# then takes a third of the time.
EAGER = "//# allFunctionsCalledOnLoad\n"
HEADER = "// Made from allonce/pricing by `python -m allonce.pricing.translate`. Do not change it here.\n"


def translate(sources: list[Source] | None = None, public: list[str] | None = None) -> str:
    """The ES module of these sources (default: the whole engine). Raises Refused."""
    modules = gather(ROOTS) if sources is None else sources
    exported = PUBLIC if public is None else public
    known = Knowledge(bool_fields=bool_fields([parse(name) for name in TYPES]))
    note_primitives(known)
    for source in modules:
        note_names(source, known)
    text = [EAGER + HEADER, PRELUDE.read_text("utf-8")]
    text += [translate_module(source, known) for source in modules]
    return "\n".join([*text, f"export {{ {', '.join(exported)} }};", ""])


def note_primitives(known: Knowledge) -> None:
    """The prelude supplies what the primitives module has, by the same names."""
    source = parse(PRIMITIVES)
    prelude = PRELUDE.read_text("utf-8")
    note_names(source, known)
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and f"function {node.name}(" not in prelude:
            raise Refused(source.path, node, f"prelude.js lacks {node.name}")


def note_names(source: Source, known: Knowledge) -> None:
    """Learn a module's functions and constants; one name means one thing in the whole engine."""
    for node in source.tree.body:
        name = defined_name(node)
        if name in known.top_level():
            raise Refused(source.path, node, f"{name} is defined twice")
        if isinstance(node, ast.FunctionDef):
            known.functions.add(name)
            if is_bool_annotation(node.returns):
                known.tests.add(name)
        elif name:
            known.constants.add(name)


def defined_name(node: ast.stmt) -> str:
    """The name that a statement of a module defines, or nothing."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""


def translate_module(source: Source, known: Knowledge) -> str:
    """One module as a section of the whole."""
    lines = ["", f"// {source.path}", *comment(ast.get_docstring(source.tree))]
    for node in source.tree.body:
        if is_docstring(node):
            continue
        if isinstance(node, ast.ImportFrom):
            check_imported(source, node, known)
            continue
        lines += ["", *translate_top(node, source, known)]
    return "\n".join(lines)


def check_imported(source: Source, node: ast.ImportFrom, known: Knowledge) -> None:
    """An imported name must be one that is translated too."""
    for alias in node.names:
        if is_engine(node) and alias.name not in known.top_level():
            raise Refused(source.path, node, f"{alias.name} is not translated")


def translate_top(node: ast.stmt, source: Source, known: Knowledge) -> list[str]:
    """A function or a constant; nothing else stands at the top of a module."""
    scope = Scope(source, known)
    if isinstance(node, ast.FunctionDef):
        return translate_function(node, source, known)
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    name = defined_name(node)
    if value is None or not name:
        raise scope.refuse(node, f"{type(node).__name__} at the top of a module is outside the subset")
    return [f"const {scope.check_name(node, name)} = {Expressions(scope).value(value)};"]
