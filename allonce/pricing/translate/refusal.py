"""Why a piece of source cannot be translated."""

import ast


class Refused(Exception):
    """Source outside the subset; the message begins with file:line."""

    def __init__(self, path: str, node: ast.AST, reason: str) -> None:
        super().__init__(f"{path}:{getattr(node, 'lineno', 1)}: {reason}")


# Words that JavaScript keeps for itself, and names that the prelude's helpers have.
RESERVED = frozenset(
    [
        "arguments",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "implements",
        "import",
        "in",
        "instanceof",
        "interface",
        "let",
        "new",
        "null",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "undefined",
        "var",
        "void",
        "while",
        "with",
        "yield",
        "Array",
        "Object",
        "Number",
        "String",
        "Math",
        "Error",
        "at",
        "get",
        "has",
        "put",
        "same",
        "count_of",
        "sorted_keys",
        "strip_spaces",
        "floor_divide",
        "modulo",
        "sum",
    ]
)
