"""Every mutant of row c, found in the syntax tree of the product's own files by rule; nothing here names a function.

- **Refusals**, anywhere: a `require(...)` or a `raise Refused(...)` that is not made; in a file of rules, a function
  that may refuse (`-> str | None`) and gives nothing instead, for each of its sentences.
- **Comparisons**, in rules and in queries that are told whose rows they read (and in what those call in the same
  file): each comparison and each condition says the opposite.
- **Filters**, there too: each condition given to `filter`, `exclude`, `get`, `get_object_or_404` or `Q` is left out,
  and is turned round. Statements written out in SQL are taken apart likewise.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "headship"
WHOSE = {"scope", "school", "school_id", "school_ids", "place", "by", "person_id", "account"}  # as in test_queries.py
OPPOSITE = {
    ast.Eq: ast.NotEq,
    ast.In: ast.NotIn,
    ast.Is: ast.IsNot,
    ast.Lt: ast.GtE,
    ast.Gt: ast.LtE,
}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
NARROWING = {"filter", "exclude", "get", "get_object_or_404", "Q"}
SQL = re.compile(r"\s*(SELECT|FROM|WITH|AND)\b")
OPPOSITE_IN_SQL = {
    "IS NULL": "IS NOT NULL",
    "NOT IN": "IN",
    "NOT EXISTS": "EXISTS",
    "<=": ">",
    "<": ">=",
    "=": "<>",
}
OPPOSITE_IN_SQL |= {other: one for one, other in OPPOSITE_IN_SQL.items()}
COMPARED_IN_SQL = re.compile(r"\bIS NOT NULL\b|\bIS NULL\b|\bNOT IN\b|\bIN\b|\bNOT EXISTS\b|\bEXISTS\b|<=|>=|<>|=|<|>")
FILTERED_IN_SQL = re.compile(r"[\w.]+ (?:(?:=|<=|>=|<|>) %s|IN \(\{\w+\}\))")


@dataclass(frozen=True)
class File:
    """A file of the product, taken apart."""

    path: Path

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree, which mutants change and put back."""
        return ast.parse(self.path.read_text())

    @cached_property
    def places(self) -> list["Place"]:
        """Every node with where it stands."""
        return list(_places(self.tree, ()))

    @property
    def rules(self) -> bool:
        """Whether it holds rights."""
        return self.path.name == "rules.py"

    @property
    def shown(self) -> str:
        """Its path as a reader knows it."""
        return str(self.path.relative_to(ROOT))

    @property
    def dotted(self) -> str:
        """The name of its module."""
        return ".".join(self.path.relative_to(SOURCE.parent).with_suffix("").parts)

    @cached_property
    def scoped(self) -> set[str]:
        """The functions whose comparisons and filters count: all rules; queries told whose, and what those call."""
        tops = {each.name: each for each in self.tree.body if isinstance(each, ast.FunctionDef)}
        if self.rules:
            return set(tops)
        if not self.path.name.endswith("queries.py"):
            return set()
        wanted = [name for name, each in tops.items() if WHOSE & {arg.arg for arg in _arguments(each)}]
        found: set[str] = set()
        while wanted:
            name = wanted.pop()
            found.add(name)
            called = {each.id for each in ast.walk(tops[name]) if isinstance(each, ast.Name)}
            wanted += (called & tops.keys()) - found
        return found


@dataclass(frozen=True)
class Place:
    """A node, where it hangs in the tree, and the functions around it, the outermost first."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    around: tuple[ast.AST, ...]

    def put(self, node: ast.AST) -> None:
        """Hang another node there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    @property
    def function(self) -> str:
        """The qualified name of the outermost function around it, or nothing."""
        names = []
        for each in self.around:
            names.append(each.name)  # type: ignore[attr-defined]  # classes and functions have one
            if not isinstance(each, ast.ClassDef):
                return ".".join(names)
        return ""


@dataclass(frozen=True)
class Mutant:
    """One change. `lines` are those a test must pass to meet it; `constant` is the statement in SQL it changes."""

    file: File
    place: Place
    kind: str
    what: str
    other: ast.AST
    lines: frozenset[int]
    constant: str = ""

    @property
    def named(self) -> str:
        """How a survivor is told."""
        line = getattr(self.place.node, "lineno", 0)
        return f"{self.file.shown}:{line} {self.place.function or self.constant}: {self.what}"

    def compiled(self) -> CodeType:
        """Compile the file with the change in it; the tree is as before afterwards."""
        self.place.put(ast.fix_missing_locations(ast.copy_location(self.other, self.place.node)))
        try:
            return compile(self.file.tree, str(self.file.path), "exec")
        finally:
            self.place.put(self.place.node)


def mutants() -> list[Mutant]:
    """Return every mutant there is, in the order of the source."""
    paths = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return [mutant for path in paths for mutant in of_file(File(path))]


def of_file(file: File) -> Iterator[Mutant]:
    """Yield a file's mutants."""
    for place in file.places:
        for kind, what, other in _changes(file, place):
            node = place.node
            yield Mutant(file, place, kind, what, other, frozenset(range(node.lineno, node.end_lineno + 1)))
        yield from _of_constant(file, place)


def _places(node: ast.AST, around: tuple[ast.AST, ...]) -> Iterator[Place]:
    for field, value in ast.iter_fields(node):
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                yield Place(child, node, field, index, around)
                inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                yield from _places(child, (*around, child) if inner else around)


def _arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]


def _changes(file: File, place: Place) -> Iterator[tuple[str, str, ast.AST]]:
    """Yield the changes of one node: kind, words, and what takes its place."""
    node = place.node
    for removed in _refusals(file, place):
        yield "refusal", f"{_words(node)} left out", removed
    top = place.around[0] if place.around else None
    if not (isinstance(top, ast.FunctionDef) and top.name in file.scoped):
        return
    for opposite in _opposites(place):
        yield "comparison", f"{_words(node)} turned round", opposite
    if isinstance(node, ast.Call) and _narrows(node):
        yield from _filters(node)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
        for kind, what, text in _in_sql(node.value):
            yield kind, what, ast.Constant(text)


def _refusals(file: File, place: Place) -> Iterator[ast.AST]:
    node = place.node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "require":
        yield ast.Expr(ast.Constant(None))
    if isinstance(node, ast.Raise) and node.exc is not None and ast.unparse(node.exc).startswith("Refused("):
        yield ast.Pass()
    if not file.rules or not isinstance(node, ast.Return) or node.value is None:
        return
    refuses = place.around and ast.unparse(getattr(place.around[-1], "returns", None) or ast.Constant(0))
    if refuses != "str | None" or (isinstance(node.value, ast.Constant) and node.value.value is None):
        return
    yield ast.Return(ast.Constant(None))
    if isinstance(node.value, ast.BoolOp):
        for each in node.value.values:
            yield ast.Return(ast.BoolOp(ast.Or(), [value for value in node.value.values if value is not each] * 2))


def _opposites(place: Place) -> Iterator[ast.AST]:
    node = place.node
    if isinstance(node, ast.Compare):
        if len(node.ops) == 1:
            yield ast.Compare(node.left, [OPPOSITE[type(node.ops[0])]()], node.comparators)
        else:
            yield ast.UnaryOp(ast.Not(), node)
    elif not isinstance(node, ast.BoolOp | ast.UnaryOp) and _is_condition(place):
        yield ast.UnaryOp(ast.Not(), node)


def _is_condition(place: Place) -> bool:
    """Whether a node is asked for nothing but whether it holds."""
    parent, field = place.parent, place.field
    if isinstance(parent, ast.UnaryOp):
        return field == "operand" and isinstance(parent.op, ast.Not)
    if isinstance(parent, ast.BoolOp):
        return field == "values" and _decides(parent, place.around)
    return field in {"test", "ifs"}


def _decides(operation: ast.BoolOp, around: tuple[ast.AST, ...]) -> bool:
    """Whether an `and` or `or` is a condition, not a choice of a value: each like it in the function is looked at."""
    for each in ast.walk(around[0]):
        if isinstance(each, ast.If | ast.IfExp | ast.While) and _holds(each.test, operation):
            return True
        if isinstance(each, ast.comprehension) and any(_holds(one, operation) for one in each.ifs):
            return True
        if isinstance(each, ast.Return) and each.value is not None and _holds(each.value, operation):
            return ast.unparse(getattr(around[-1], "returns", None) or ast.Constant(0)) == "bool"
    return False


def _holds(whole: ast.AST, part: ast.BoolOp) -> bool:
    """Whether a condition is, through nothing but `and`, `or` and `not`, made of a part."""
    if whole is part:
        return True
    inner = whole.values if isinstance(whole, ast.BoolOp) else [whole.operand] if isinstance(whole, ast.UnaryOp) else []
    return any(_holds(each, part) for each in inner)


def _narrows(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name != "get" or isinstance(call.func, ast.Name):
        return name in NARROWING
    return bool(call.keywords)  # a dictionary's takes none


def _filters(call: ast.Call) -> Iterator[tuple[str, str, ast.AST]]:
    """Yield a call without each of its conditions, and with each turned round."""
    first = 1 if getattr(call.func, "id", "") == "get_object_or_404" else 0
    conditions = [each for each in call.args[first:] if not isinstance(each, ast.Starred)]
    for condition in (*conditions, *(each for each in call.keywords if each.arg)):
        args = [each for each in call.args if each is not condition]
        keywords = [each for each in call.keywords if each is not condition]
        yield "filter", f"{_words(condition)} left out", ast.Call(call.func, args, keywords)
        opposite = ast.UnaryOp(ast.Invert(), _as_q(condition))
        yield "filter", f"{_words(condition)} turned round", ast.Call(call.func, [*args, opposite], keywords)


def _as_q(condition: ast.expr | ast.keyword) -> ast.expr:
    if not isinstance(condition, ast.keyword):
        return condition
    query = ast.parse("__import__('django.db.models').db.models.Q()", mode="eval").body
    assert isinstance(query, ast.Call)
    query.keywords = [condition]
    return query


def _of_constant(file: File, place: Place) -> Iterator[Mutant]:
    """Yield the mutants of a statement in SQL that stands as a constant of the file; whoever names it meets them."""
    node, parent = place.node, place.parent
    told = isinstance(node, ast.Constant) and isinstance(node.value, str) and isinstance(parent, ast.Assign)
    if not told or place.around or not file.scoped or not SQL.match(node.value):
        return
    name = ast.unparse(parent.targets[0])
    lines = {each.node.lineno for each in file.places if isinstance(each.node, ast.Name) and each.node.id == name}
    for kind, what, text in _in_sql(node.value):
        yield Mutant(file, place, kind, what, ast.Constant(text), frozenset(lines - {parent.lineno}), name)


def _in_sql(statement: str) -> Iterator[tuple[str, str, str]]:
    def told(match: re.Match[str], new: str) -> tuple[str, str]:
        line = statement[: match.start()].count("\n")
        around = statement[max(0, match.start() - 30) : match.end() + 20].replace("\n", " ")
        return f"SQL line {line}, …{around}…: {new}", statement[: match.start()] + new + statement[match.end() :]

    for match in COMPARED_IN_SQL.finditer(statement):
        yield "comparison", *told(match, OPPOSITE_IN_SQL[match[0]])
    for match in FILTERED_IN_SQL.finditer(statement):
        yield "filter", *told(match, f"({match[0]} OR 1 = 1)")


def _words(node: ast.AST) -> str:
    words = " ".join(ast.unparse(node).split())
    return words if len(words) < 90 else f"{words[:88]}…"
