"""Calls of the subset: the engine's own functions, a few built-ins, a few methods."""

import ast

from allonce.pricing.translate.scope import Scope

# Built-in -> (fewest, most arguments, JavaScript). `bool` takes only a test.
BUILTINS = {
    "len": (1, 1, "count_of({0})"),
    "max": (2, 2, "Math.max({0}, {1})"),
    "min": (2, 2, "Math.min({0}, {1})"),
    "abs": (1, 1, "Math.abs({0})"),
    "str": (1, 1, "String({0})"),
    "sum": (1, 1, "sum({0})"),
    "sorted": (1, 1, "sorted_keys({0})"),
    "list": (1, 1, "[...{0}]"),
    "dict": (1, 1, "({{ ...{0} }})"),
}
# Method -> (fewest, most arguments, JavaScript); {0} is the owner.
METHODS = {
    "append": (1, 1, "{0}.push({1})"),
    "extend": (1, 1, "{0}.push(...{1})"),
    "insert": (2, 2, "{0}.splice({1}, 0, {2})"),
    "join": (1, 1, "{1}.join({0})"),
    "split": (1, 1, "{0}.split({1})"),
    "replace": (2, 2, "{0}.replaceAll({1}, () => {2})"),
}
# These change or remove; their value is never used.
STATEMENTS_ONLY = {"append", "extend", "insert", "pop"}


class Calls:
    """Translates calls; `value` and `test` come from Expressions."""

    scope: Scope

    def value(self, node: ast.expr) -> str:
        """See Expressions."""
        raise self.scope.refuse(node, "an expression")

    def test(self, node: ast.expr) -> str:
        """See Expressions."""
        raise self.scope.refuse(node, "a test")

    def call(self, node: ast.Call) -> str:
        """A call in an expression."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in STATEMENTS_ONLY:
            raise self.scope.refuse(node, f"{node.func.attr} stands alone")
        return self.any_call(node)

    def any_call(self, node: ast.Call) -> str:
        """A call anywhere: positional arguments only."""
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            raise self.scope.refuse(node, "only positional arguments")
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func)
        if isinstance(node.func, ast.Name):
            return self.function(node, node.func.id)
        raise self.scope.refuse(node, "only functions and methods by name")

    def function(self, node: ast.Call, name: str) -> str:
        """One of the engine's functions, a function given as argument, or a built-in."""
        if name == "bool" and len(node.args) == 1:
            return f"({self.test(node.args[0])})"
        arguments = [self.value(argument) for argument in node.args]
        if name in self.scope.known.functions or name in self.scope.arguments:
            return f"{name}({', '.join(arguments)})"
        if name not in BUILTINS:
            raise self.scope.refuse(node, f"{name}() is outside the subset")
        fewest, most, template = BUILTINS[name]
        self.check_count(node, name, fewest, most)
        return template.format(*arguments)

    def method(self, node: ast.Call, func: ast.Attribute) -> str:
        """One of the few methods of lists, dictionaries and text."""
        name = func.attr
        owner = self.value(func.value)
        arguments = [self.value(argument) for argument in node.args]
        if name == "get":
            self.check_count(node, name, 1, 2)
            return f"get({owner}, {arguments[0]}, {arguments[1] if len(arguments) > 1 else 'null'})"
        if name == "pop":
            self.check_count(node, name, 1, 1)
            return f"delete {owner}[{arguments[0]}]"
        if name == "strip":
            self.check_strip(node)
            return f"strip_spaces({owner})"
        if name not in METHODS:
            raise self.scope.refuse(node, f".{name}() is outside the subset")
        fewest, most, template = METHODS[name]
        self.check_count(node, name, fewest, most)
        return template.format(owner, *arguments)

    def check_count(self, node: ast.Call, name: str, fewest: int, most: int) -> None:
        """Only the forms that mean the same on both sides."""
        if not fewest <= len(node.args) <= most:
            raise self.scope.refuse(node, f"{name} with {len(node.args)} arguments is outside the subset")

    def check_strip(self, node: ast.Call) -> None:
        """The languages disagree about white space, not about spaces."""
        argument = node.args[0] if len(node.args) == 1 else None
        if not isinstance(argument, ast.Constant) or argument.value != " ":
            raise self.scope.refuse(node, 'only strip(" ")')
