"""Every small mistake that a module's source could hold, one at a time.

Unlike the tools there are, also outside of functions: the table of states and the statements of a claim are data.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OPPOSITE_NAMES = {
    "is_": "is_not",
    "is_not": "is_",
    "max": "min",
    "min": "max",
    "and_": "or_",
    "or_": "and_",
    "in_": "not_in",
}
IMMATERIAL = (ast.AnnAssign, ast.arg, ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One mistake: what it is, in words that stay when lines move, and the module with it."""

    line: int
    name: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """All of them, from the top of the module to its end."""
    tree = ast.parse(source)
    lines = source.splitlines()
    places = list(_places(tree))
    for number, node in enumerate(places):
        for choice, change in enumerate(_changes(node)):
            copied = copy.deepcopy(tree)
            twin = list(_places(copied))[number]
            _, deed = list(_changes(twin))[choice]
            deed()
            line = getattr(node, "lineno", 0)
            name = f"{change[0]} | {lines[line - 1].strip() if line else ''}"
            yield Mutant(line=line, name=name, tree=ast.fix_missing_locations(copied))


def _places(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything that is carried out: no docstrings, annotations, decorators or imports."""
    for field, value in ast.iter_fields(tree):
        if field in ("decorator_list", "annotation", "returns", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, (ast.Import, ast.ImportFrom, ast.arg)):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring
            yield child
            yield from _places(child)


def _changes(node: ast.AST) -> Iterator[tuple[str, "Deed"]]:
    for kind, change in CHANGES.items():
        if isinstance(node, kind):
            yield from change(node)


class Deed:
    """A change that is made when it is called."""

    def __init__(self, node: ast.AST, field: str, value: object) -> None:
        self._node, self._field, self._value = node, field, value

    def __call__(self) -> None:
        setattr(self._node, self._field, self._value)


def _constant(node: ast.Constant) -> Iterator[tuple[str, Deed]]:
    if isinstance(node.value, bool):
        yield f"{not node.value} for {node.value}", Deed(node, "value", not node.value)
    elif isinstance(node.value, (int, float)):
        yield f"{node.value + 1} for {node.value}", Deed(node, "value", node.value + 1)
    elif isinstance(node.value, str):
        yield f"another text for {node.value!r}", Deed(node, "value", f"X{node.value}X")


def _compare(node: ast.Compare) -> Iterator[tuple[str, Deed]]:
    other = COMPARISONS.get(type(node.ops[0]))
    if other is not None:
        yield f"{other.__name__} for {type(node.ops[0]).__name__}", Deed(node, "ops", [other(), *node.ops[1:]])


def _arithmetic(node: ast.BinOp) -> Iterator[tuple[str, Deed]]:
    other = ARITHMETIC.get(type(node.op))
    if other is not None:
        yield f"{other.__name__} for {type(node.op).__name__}", Deed(node, "op", other())


def _bool(node: ast.BoolOp) -> Iterator[tuple[str, Deed]]:
    other = ast.Or if isinstance(node.op, ast.And) else ast.And
    yield f"{other.__name__} for {type(node.op).__name__}", Deed(node, "op", other())


def _unary(node: ast.UnaryOp) -> Iterator[tuple[str, Deed]]:
    if isinstance(node.op, (ast.Not, ast.Invert)):
        yield f"without {type(node.op).__name__}", Deed(node, "op", ast.UAdd())


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[tuple[str, Deed]]:
    yield "the other way round", Deed(node, "test", ast.UnaryOp(op=ast.Not(), operand=node.test))


def _return(node: ast.Return) -> Iterator[tuple[str, Deed]]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield "returns nothing", Deed(node, "value", ast.Constant(value=None))


def _statement(node: ast.Expr) -> Iterator[tuple[str, Deed]]:
    if isinstance(node.value, ast.Call):
        yield "not called", Deed(node, "value", ast.Constant(value=None))


def _call(node: ast.Call) -> Iterator[tuple[str, Deed]]:
    for number, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            rest = [one for at, one in enumerate(node.keywords) if at != number]
            yield f"without {keyword.arg}=", Deed(node, "keywords", rest)
    if len(node.args) > 1:
        for number in range(len(node.args)):
            rest_args = [one for at, one in enumerate(node.args) if at != number]
            yield f"without {ast.unparse(node.args[number])[:60]}", Deed(node, "args", rest_args)


def _dict(node: ast.Dict) -> Iterator[tuple[str, Deed]]:
    for number, key in enumerate(node.keys):
        if key is not None:
            pairs = [(k, v) for at, (k, v) in enumerate(zip(node.keys, node.values, strict=True)) if at != number]
            rest = ast.Dict(keys=[k for k, _ in pairs], values=[v for _, v in pairs])
            yield f"without {ast.unparse(key)}", _Both(node, rest)


class _Both(Deed):
    def __init__(self, node: ast.Dict, rest: ast.Dict) -> None:
        self._dict, self._rest = node, rest

    def __call__(self) -> None:
        self._dict.keys, self._dict.values = self._rest.keys, self._rest.values


def _name(node: ast.Name | ast.Attribute) -> Iterator[tuple[str, Deed]]:
    field = "id" if isinstance(node, ast.Name) else "attr"
    name = getattr(node, field)
    if name in OPPOSITE_NAMES:
        yield f"{OPPOSITE_NAMES[name]} for {name}", Deed(node, field, OPPOSITE_NAMES[name])


def _jump(node: ast.Continue) -> Iterator[tuple[str, Deed]]:
    yield "goes on instead", Deed(node, "__class__", ast.Pass)


CHANGES = {
    ast.Constant: _constant,
    ast.Compare: _compare,
    ast.BinOp: _arithmetic,
    ast.BoolOp: _bool,
    ast.UnaryOp: _unary,
    (ast.If, ast.IfExp, ast.While): _condition,
    ast.Return: _return,
    ast.Expr: _statement,
    ast.Call: _call,
    ast.Dict: _dict,
    (ast.Name, ast.Attribute): _name,
    ast.Continue: _jump,
}
