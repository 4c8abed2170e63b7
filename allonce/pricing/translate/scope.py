"""Which names a function knows, and how it declares its own."""

import ast
from dataclasses import dataclass, field

from allonce.pricing.translate.knowledge import Knowledge, Source, is_bool_annotation
from allonce.pricing.translate.refusal import RESERVED, Refused


@dataclass
class Scope:
    """The names visible while one function (or the module itself) is translated."""

    source: Source
    known: Knowledge
    visible: set[str] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)
    arguments: set[str] = field(default_factory=set)
    assigned: dict[str, int] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)

    def refuse(self, node: ast.AST, reason: str) -> Refused:
        """The refusal to raise at this place."""
        return Refused(self.source.path, node, reason)

    def check_name(self, node: ast.AST, name: str) -> str:
        """A name that both languages can have."""
        if name in RESERVED or name.startswith("__") or not name.isascii():
            raise self.refuse(node, f"the name {name} means something else in JavaScript")
        return name

    def read(self, node: ast.Name) -> str:
        """A name that is known here."""
        if node.id not in self.visible and node.id not in self.known.top_level():
            raise self.refuse(node, f"unknown name {node.id}")
        return node.id


def scope_of(function: ast.FunctionDef, source: Source, known: Knowledge) -> Scope:
    """The scope of a function: arguments, and every name that it assigns."""
    scope = Scope(source, known)
    for argument in function.args.args:
        scope.check_name(argument, argument.arg)
        scope.visible.add(argument.arg)
        scope.arguments.add(argument.arg)
        if is_bool_annotation(argument.annotation):
            scope.tests.add(argument.arg)
    for node in ast.walk(function):
        note_assignment(scope, node)
    return scope


def note_assignment(scope: Scope, node: ast.AST) -> None:
    """Count how often each name is assigned; a bool annotation marks it as a test."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        if isinstance(target, ast.Name):
            scope.check_name(target, target.id)
            scope.assigned[target.id] = scope.assigned.get(target.id, 0) + 1
            if isinstance(node, ast.AnnAssign) and is_bool_annotation(node.annotation):
                scope.tests.add(target.id)


def first_assigned_inside(function: ast.FunctionDef) -> list[str]:
    """Names whose first assignment stands in a block: they are declared at the top."""
    result: list[str] = []
    seen = {argument.arg for argument in function.args.args}
    for statement in function.body:
        for node in ast.walk(statement):
            name = assigned_name(node)
            if name and name not in seen:
                seen.add(name)
                if node is not statement:
                    result.append(name)
    return result


def assigned_name(node: ast.AST) -> str:
    """The plain name that a statement assigns, or nothing."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return ""
