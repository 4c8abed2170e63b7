"""The engine as one file of plain Python, for MicroPython: no imports, no annotations."""

import ast

from allonce.pricing.translate.knowledge import PRIMITIVES, gather, parse
from allonce.pricing.translate.modules import ROOTS


class Plain(ast.NodeTransformer):
    """Takes away what MicroPython has no use for."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """All modules stand in one file."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        """An assignment keeps its value and loses its annotation."""
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """A function loses annotations and docstring."""
        self.generic_visit(node)
        node.returns = None
        for argument in node.args.args:
            argument.annotation = None
        if ast.get_docstring(node) and len(node.body) > 1:
            node.body = node.body[1:]
        return node


def plain_python() -> str:
    """The same engine that CPython runs and JavaScript is made from."""
    trees = [parse(PRIMITIVES).tree, *(source.tree for source in gather(ROOTS))]
    return "\n".join(ast.unparse(ast.fix_missing_locations(Plain().visit(tree))) for tree in trees)
