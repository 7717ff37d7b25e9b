"""The source as the house tests read it: files, syntax trees, functions."""

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "headship"
FLOORS = (
    "analysis",
    "policy",
    "core",
    "standards",
    "schools",
    "people",
    "privacy",
    "evidence",
    "voice",
    "outcomes",
    "strategy",
    "policies",
    "workload",
    "improvement",
    "equality",
    "appraisal",
    "talent",
    "governance",
    "project",
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method where it stands. `lines` is its length without decorators and docstring."""

    where: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    top: bool

    @property
    def lines(self) -> int:
        first = self.node.body[0]
        told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
        docstring = first.end_lineno - first.lineno + 1 if told else 0
        return self.node.end_lineno - self.node.lineno + 1 - docstring

    @property
    def public(self) -> bool:
        return not self.node.name.startswith("_")


def python_files(*apps: str) -> list[Path]:
    """Return the product's own files (of some applications), without migrations."""
    folders = [SOURCE / app for app in apps] if apps else [SOURCE]
    return sorted(p for folder in folders for p in folder.rglob("*.py") if "migrations" not in p.parts)


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file."""
    top = set(map(id, tree(path).body))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(f"{shown(path)}:{node.lineno} {node.name}", node, id(node) in top)


def shown(path: Path) -> str:
    """Return a path as messages show it."""
    return str(path.relative_to(ROOT))


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Return every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(path for line in listed if (path := ROOT / line).is_file())


def texts(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Yield tracked text files and their words; binary files are left out."""
    for path in tracked():
        if not suffixes or path.suffix in suffixes:
            try:
                yield path, path.read_text()
            except UnicodeDecodeError:
                continue
