"""TypeScript declarations of the engine's types and public functions."""

import ast

from allonce.pricing.translate.knowledge import Source, gather, parse
from allonce.pricing.translate.modules import HEADER, PUBLIC, ROOTS, TYPES
from allonce.pricing.translate.refusal import Refused

PLAIN = {"int": "number", "str": "string", "bool": "boolean", "Any": "unknown", "object": "unknown", "None": "void"}


def declarations() -> str:
    """The text of the `.d.ts` beside the translated engine."""
    parts = [HEADER, "export class OverflowError extends Error {}\nexport class KeyError extends Error {}"]
    for name in TYPES[:2]:
        parts += declare_types(parse(name))
    for source in gather(ROOTS):
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and node.name in PUBLIC:
                parts.append(declare_function(source, node))
    return "\n\n".join([*parts, ""])


def declare_types(source: Source) -> list[str]:
    """Every typed dictionary and alias of a module."""
    parts: list[str] = []
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef):
            parts.append(declare_class(source, node))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            parts.append(f"export type {node.targets[0].id} = {alias(source, node.value)};")
    return parts


def declare_class(source: Source, node: ast.ClassDef) -> str:
    """A typed dictionary as an interface."""
    lines = [
        declare_field(source, field.target.id, field.annotation)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    ]
    return "\n".join([f"export interface {node.name} {{", *lines, "}"])


def declare_field(source: Source, name: str, annotation: ast.expr) -> str:
    """One field, with a question mark where it may be absent."""
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "NotRequired":
        return f"  {name}?: {type_of(source, annotation.slice)};"
    return f"  {name}: {type_of(source, annotation)};"


def alias(source: Source, node: ast.expr) -> str:
    """`X = dict[...]`, or a typed dictionary in the functional form."""
    if isinstance(node, ast.Call) and isinstance(node.args[1], ast.Dict):
        fields = zip(node.args[1].keys, node.args[1].values, strict=True)
        return (
            "{ "
            + " ".join(f"{ast.literal_eval(key)}: {type_of(source, value)};" for key, value in fields if key)
            + " }"
        )
    return type_of(source, node)


def type_of(source: Source, node: ast.expr) -> str:
    """The TypeScript of one annotation."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return f"{type_of(source, node.left)} | {type_of(source, node.right)}".replace("void", "null")
    if isinstance(node, ast.Subscript):
        return generic(source, node)
    if isinstance(node, ast.Constant):
        return "void" if node.value is None else repr(node.value).replace("'", '"')
    if isinstance(node, ast.Name):
        return PLAIN.get(node.id, node.id)
    raise Refused(source.path, node, f"{ast.unparse(node)} has no TypeScript")


def generic(source: Source, node: ast.Subscript) -> str:
    """Lists, dictionaries, literals and functions."""
    kind = ast.unparse(node.value)
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if kind == "list":
        inner = type_of(source, parts[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if kind == "dict":
        return f"Record<{type_of(source, parts[0])}, {type_of(source, parts[1])}>"
    if kind == "Literal":
        return " | ".join(type_of(source, part) for part in parts)
    if kind == "Callable" and isinstance(parts[0], ast.List):
        arguments = (f"argument{n}: {type_of(source, part)}" for n, part in enumerate(parts[0].elts))
        return f"({', '.join(arguments)}) => {type_of(source, parts[1])}"
    raise Refused(source.path, node, f"{kind} has no TypeScript")


def declare_function(source: Source, node: ast.FunctionDef) -> str:
    """The signature of a public function, with its docstring."""
    required = len(node.args.args) - len(node.args.defaults)
    parameters = [
        f"{argument.arg}{'?' if position >= required else ''}: {type_of(source, argument.annotation)}"
        for position, argument in enumerate(node.args.args)
        if argument.annotation
    ]
    returns = type_of(source, node.returns) if node.returns else "void"
    doc = "\n * ".join((ast.get_docstring(node) or "").splitlines())
    return f"/** {doc} */\nexport function {node.name}({', '.join(parameters)}): {returns};"
