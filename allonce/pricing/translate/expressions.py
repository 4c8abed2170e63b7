"""Expressions of the subset, one small method a kind."""

import ast
import json

from allonce.pricing.translate.calls import Calls
from allonce.pricing.translate.scope import Scope

LARGEST = 2**53 - 1
ORDER = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


class Expressions(Calls):
    """Translates expressions of one scope. `value` gives any value, `test` what is true or false.

    Python and JavaScript differ about which values count as true, so only comparisons, bools
    and calls that return bool may decide anything.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def value(self, node: ast.expr) -> str:
        """JavaScript for an expression; refuses what is outside the subset."""
        if isinstance(node, ast.Compare | ast.BoolOp) or is_not(node):
            return f"({self.test(node)})"
        translate = {
            ast.Constant: self.constant,
            ast.Name: self.name,
            ast.Subscript: self.subscript,
            ast.BinOp: self.arithmetic,
            ast.UnaryOp: self.negative,
            ast.List: self.list_literal,
            ast.Dict: self.dict_literal,
            ast.ListComp: self.comprehension,
            ast.Call: self.call,
        }.get(type(node))
        if translate is None:
            raise self.scope.refuse(node, f"{type(node).__name__} is outside the subset")
        return str(translate(node))  # type: ignore[operator]  # each method takes the kind it is filed under

    def constant(self, node: ast.Constant) -> str:
        """Integers that every engine holds, text, true, false and nothing."""
        value = node.value
        if value is None or isinstance(value, bool | str):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, int) and abs(value) <= LARGEST:
            return str(value)
        raise self.scope.refuse(node, f"the constant {value!r} is outside the subset")

    def name(self, node: ast.Name) -> str:
        """A known name."""
        return self.scope.read(node)

    def subscript(self, node: ast.Subscript) -> str:
        """A field by its name, or an element or key that must be there."""
        if isinstance(node.slice, ast.Slice | ast.Tuple | ast.UnaryOp):
            raise self.scope.refuse(node, "slices and negative positions are outside the subset")
        owner = self.value(node.value)
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return f"{owner}.{self.field_name(node.slice, node.slice.value)}"
        return f"at({owner}, {self.value(node.slice)})"

    def field_name(self, node: ast.AST, name: str) -> str:
        """A field that can be written with a dot."""
        if not name.isidentifier() or not name.isascii() or name.startswith("__"):
            raise self.scope.refuse(node, f"{name!r} cannot be a field")
        return name

    def arithmetic(self, node: ast.BinOp) -> str:
        """Sums are checked; products only through `times`; division rounds down."""
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Add):
            return f"checked({left} + {right})"
        if isinstance(node.op, ast.Sub):
            return f"checked({left} - {right})"
        if isinstance(node.op, ast.FloorDiv):
            return f"floor_divide({left}, {right})"
        if isinstance(node.op, ast.Mod):
            return f"modulo({left}, {right})"
        raise self.scope.refuse(node, f"{type(node.op).__name__} is outside the subset (multiply with times)")

    def negative(self, node: ast.UnaryOp) -> str:
        """`-x`, without a negative zero."""
        if not isinstance(node.op, ast.USub):
            raise self.scope.refuse(node, f"{type(node.op).__name__} is outside the subset")
        return f"(0 - {self.value(node.operand)})"

    def list_literal(self, node: ast.List) -> str:
        """A list of values."""
        return f"[{', '.join(self.value(item) for item in node.elts)}]"

    def dict_literal(self, node: ast.Dict) -> str:
        """Fields with plain names, or quoted ones; never computed."""
        parts = []
        for key, item in zip(node.keys, node.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or key.value == "__proto__":
                raise self.scope.refuse(node, "keys of a literal are constant text")
            name = key.value if key.value.isidentifier() else json.dumps(key.value)
            parts.append(f"{name}: {self.value(item)}")
        return "{ " + ", ".join(parts) + " }" if parts else "{}"

    def comprehension(self, node: ast.ListComp) -> str:
        """`[f(x) for x in xs if test]` as filter and map."""
        first = node.generators[0]
        if len(node.generators) > 1 or first.is_async or not isinstance(first.target, ast.Name):
            raise self.scope.refuse(node, "one simple loop to a comprehension")
        values = self.value(first.iter)
        name = self.scope.check_name(first.target, first.target.id)
        inner = self.inside(name)
        for condition in first.ifs:
            values = f"{values}.filter(({name}) => {inner.test(condition)})"
        element = inner.value(node.elt)
        return f"{values}.map(({name}) => {f'({element})' if element.startswith('{') else element})"

    def inside(self, name: str) -> "Expressions":
        """The same scope with one more name."""
        scope = Scope(**{**self.scope.__dict__, "visible": self.scope.visible | {name}})
        return type(self)(scope)

    def test(self, node: ast.expr) -> str:
        """JavaScript that is true or false, for what is a bool in Python too."""
        if isinstance(node, ast.BoolOp):
            word = " && " if isinstance(node.op, ast.And) else " || "
            return word.join(self.operand(part) for part in node.values)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self.operand(node.operand)}"
        if isinstance(node, ast.Compare):
            return self.compare(node)
        if self.is_test(node):
            return self.value(node)
        raise self.scope.refuse(node, "only a comparison or a bool may decide")

    def operand(self, node: ast.expr) -> str:
        """Part of a larger test, in brackets where needed."""
        text = self.test(node)
        return f"({text})" if isinstance(node, ast.Compare | ast.BoolOp) else text

    def is_test(self, node: ast.expr) -> bool:
        """Whether an expression is true or false by its declaration."""
        if isinstance(node, ast.Compare | ast.BoolOp) or is_not(node):
            return True
        if isinstance(node, ast.Constant):
            return isinstance(node.value, bool)
        if isinstance(node, ast.Name):
            return node.id in self.scope.tests
        if isinstance(node, ast.Subscript):
            return self.is_bool_key(node.slice)
        return isinstance(node, ast.Call) and self.is_test_call(node)

    def is_test_call(self, node: ast.Call) -> bool:
        """A function that returns bool, `bool(test)`, or `.get` of a field that is one."""
        if isinstance(node.func, ast.Name):
            return node.func.id in self.scope.known.tests or node.func.id == "bool"
        return (
            isinstance(node.func, ast.Attribute)
            and node.func.attr == "get"
            and len(node.args) == 2
            and self.is_bool_key(node.args[0])
            and isinstance(node.args[1], ast.Constant)
            and isinstance(node.args[1].value, bool)
        )

    def is_bool_key(self, node: ast.expr) -> bool:
        """A field that the types declare as bool."""
        return isinstance(node, ast.Constant) and node.value in self.scope.known.bool_fields

    def compare(self, node: ast.Compare) -> str:
        """One comparison of two plain values."""
        if len(node.ops) != 1:
            raise self.scope.refuse(node, "one comparison at a time")
        left, operator, right = node.left, node.ops[0], node.comparators[0]
        if type(operator) in ORDER:
            return f"{self.value(left)} {ORDER[type(operator)]} {self.value(right)}"
        if isinstance(operator, ast.In | ast.NotIn):
            negation = "!" if isinstance(operator, ast.NotIn) else ""
            return f"{negation}has({self.value(right)}, {self.value(left)})"
        if isinstance(operator, ast.Is | ast.IsNot) and not isinstance(right, ast.Constant):
            raise self.scope.refuse(node, "`is` only with None, True and False")
        return self.equal(left, right, isinstance(operator, ast.Eq | ast.Is))

    def equal(self, left: ast.expr, right: ast.expr, wanted: bool) -> str:
        """Equality of plain values; two objects are refused while running."""
        if isinstance(left, ast.List | ast.Dict) or isinstance(right, ast.List | ast.Dict):
            raise self.scope.refuse(left, "lists and dictionaries are not compared")
        plain = isinstance(right, ast.Constant) or self.is_test(left) or self.is_test(right)
        if plain:
            return f"{self.value(left)} {'===' if wanted else '!=='} {self.value(right)}"
        return f"{'' if wanted else '!'}same({self.value(left)}, {self.value(right)})"


def is_not(node: ast.expr) -> bool:
    """`not x`, which is a test like a comparison."""
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
