"""Statements and functions of the subset."""

import ast
import json

from allonce.pricing.translate.expressions import Expressions
from allonce.pricing.translate.knowledge import Knowledge, Source
from allonce.pricing.translate.scope import Scope, first_assigned_inside, scope_of

INDENT = "  "


class Statements:
    """Translates the body of one function."""

    def __init__(self, scope: Scope, top: list[ast.stmt]) -> None:
        self.scope = scope
        self.expressions = Expressions(scope)
        self.top = top

    def block(self, statements: list[ast.stmt], depth: int) -> list[str]:
        """Lines of a block, docstring left out."""
        lines: list[str] = []
        for statement in statements:
            if not is_docstring(statement):
                lines += self.statement(statement, depth)
        return lines

    def statement(self, node: ast.stmt, depth: int) -> list[str]:
        """Lines of one statement; refuses what is outside the subset."""
        pad = INDENT * depth
        if isinstance(node, ast.If):
            return self.branch(node, depth)
        if isinstance(node, ast.For):
            return self.loop(node, depth)
        if isinstance(node, ast.While):
            if node.orelse:
                raise self.scope.refuse(node, "a loop's else is outside the subset")
            return [
                f"{pad}while ({self.expressions.test(node.test)}) {{",
                *self.block(node.body, depth + 1),
                f"{pad}}}",
            ]
        return [f"{pad}{self.simple(node)};"]

    def simple(self, node: ast.stmt) -> str:
        """A statement of one line."""
        if isinstance(node, ast.Return):
            return f"return {self.expressions.value(node.value)}" if node.value else "return"
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return self.assignment(node, node.targets[0], node.value)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            return self.assignment(node, node.target, node.value)
        if isinstance(node, ast.Break):
            return "break"
        if isinstance(node, ast.Continue):
            return "continue"
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return self.expressions.any_call(node.value)
        raise self.scope.refuse(node, f"{type(node).__name__} is outside the subset")

    def assignment(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> str:
        """A name or a field; the first assignment of a name declares it."""
        text = self.expressions.value(value)
        if isinstance(target, ast.Subscript):
            return self.put(target, text)
        if not isinstance(target, ast.Name):
            raise self.scope.refuse(node, "one name or one field is assigned at a time")
        name = target.id
        if name in self.scope.known.top_level():
            raise self.scope.refuse(node, f"{name} hides a function or constant")
        if self.expressions.is_test(value) and self.scope.assigned.get(name) == 1:
            self.scope.tests.add(name)
        self.scope.visible.add(name)
        if name in self.scope.arguments or name in self.scope.declared:
            return f"{name} = {text}"
        self.scope.declared.add(name)
        return f"{'const' if self.scope.assigned[name] == 1 else 'let'} {name} = {text}"

    def put(self, target: ast.Subscript, text: str) -> str:
        """A field by name, or a key or position that is computed."""
        if isinstance(target.slice, ast.Constant) and isinstance(target.slice.value, str):
            return f"{self.expressions.subscript(target)} = {text}"
        if isinstance(target.slice, ast.Slice):
            raise self.scope.refuse(target, "slices are outside the subset")
        return f"put({self.expressions.value(target.value)}, {self.expressions.value(target.slice)}, {text})"

    def branch(self, node: ast.If, depth: int) -> list[str]:
        """if, else if, else."""
        pad = INDENT * depth
        lines = [f"{pad}if ({self.expressions.test(node.test)}) {{", *self.block(node.body, depth + 1)]
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            following = self.branch(node.orelse[0], depth)
            return [*lines, f"{pad}}} else {following[0].lstrip()}", *following[1:]]
        if node.orelse:
            return [*lines, f"{pad}}} else {{", *self.block(node.orelse, depth + 1), f"{pad}}}"]
        return [*lines, f"{pad}}}"]

    def loop(self, node: ast.For, depth: int) -> list[str]:
        """Over a list, sorted keys, or a range of numbers."""
        if node.orelse or not isinstance(node.target, ast.Name):
            raise self.scope.refuse(node, "a loop has one name and no else")
        name = self.scope.check_name(node.target, node.target.id)
        if name in self.scope.visible or name in self.scope.assigned:
            raise self.scope.refuse(node, f"{name} is in use outside the loop")
        head = self.loop_head(node, name)
        self.scope.visible.add(name)
        body = self.block(node.body, depth + 1)
        self.scope.visible.discard(name)
        pad = INDENT * depth
        return [f"{pad}for ({head}) {{", *body, f"{pad}}}"]

    def loop_head(self, node: ast.For, name: str) -> str:
        """What stands in the brackets of a loop."""
        call = node.iter
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "range"):
            return f"const {name} of {self.expressions.value(call)}"
        if call.keywords or not 1 <= len(call.args) <= 2:
            raise self.scope.refuse(node, "range has one or two arguments")
        bounds = [self.expressions.value(argument) for argument in call.args]
        start, end = ("0", bounds[0]) if len(bounds) == 1 else (bounds[0], bounds[1])
        return f"let {name} = {start}, end_{name} = {end}; {name} < end_{name}; {name} += 1"


def is_docstring(statement: ast.stmt) -> bool:
    """A text that stands alone."""
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def translate_function(function: ast.FunctionDef, source: Source, known: Knowledge) -> list[str]:
    """Lines of one function, its docstring as a comment."""
    scope = scope_of(function, source, known)
    check_signature(function, scope)
    statements = Statements(scope, function.body)
    inside = first_assigned_inside(function)
    scope.declared.update(inside)
    lines = comment(ast.get_docstring(function))
    lines.append(f"function {scope.check_name(function, function.name)}({', '.join(parameters(function, scope))}) {{")
    if inside:
        lines.append(f"{INDENT}let {', '.join(inside)};")
    return [*lines, *statements.block(function.body, 1), "}"]


def check_signature(function: ast.FunctionDef, scope: Scope) -> None:
    """Plain positional arguments; no decorators; no functions inside."""
    arguments = function.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs:
        raise scope.refuse(function, "only plain arguments")
    if function.decorator_list:
        raise scope.refuse(function, "decorators are outside the subset")


def parameters(function: ast.FunctionDef, scope: Scope) -> list[str]:
    """Parameters with their constant defaults."""
    names = [argument.arg for argument in function.args.args]
    defaults = function.args.defaults
    for offset, default in enumerate(reversed(defaults), 1):
        if not isinstance(default, ast.Constant):
            raise scope.refuse(default, "defaults are constants")
        names[-offset] = f"{names[-offset]} = {Expressions(scope).constant(default)}"
    return names


def comment(docstring: str | None) -> list[str]:
    """A docstring as a JavaScript comment."""
    if not docstring:
        return []
    text = docstring.replace("*/", "* /").splitlines()
    if len(text) == 1:
        return [f"/** {text[0]} */"]
    return ["/**", *(f" * {line}".rstrip() for line in text), " */"]


def quoted(text: str) -> str:
    """Text as JavaScript writes it."""
    return json.dumps(text, ensure_ascii=False)
