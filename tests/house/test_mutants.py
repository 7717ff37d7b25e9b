"""Mutants of the rules: they are found by rule in the source, and some of one application are killed by its tests.

All of them, by all tests, are row c of `make assurance`.
"""

import re

import pytest

from assurance import mutants
from assurance.mutations import File, of_file
from assurance.mutations import mutants as every
from tests.house.source import SOURCE, python_files

EVERY = every()
GUARD = re.compile(r"^\s+(?:require\(|raise Refused\()", re.MULTILINE)


def test_each_guard_of_the_product_has_a_mutant_without_it():
    written = sum(len(GUARD.findall(path.read_text())) for path in python_files())
    found = [each for each in EVERY if each.kind == "refusal" and re.match(r"require\(|raise ", each.what)]
    assert len(found) == written > 50


def test_each_right_has_a_mutant():
    for path in SOURCE.glob("*/rules.py"):
        names = {each.place.function for each in EVERY if each.file.path == path}
        rights = re.findall(r"^def (\w+)\(.*-> str \| None:", path.read_text(), re.MULTILINE)
        assert set(rights) <= names


def test_each_mutant_differs_and_leaves_its_tree_as_it_was():
    strange = [each.named for each in EVERY if each.compiled() == compile(each.file.tree, each.file.shown, "exec")]
    assert strange == []


@pytest.mark.parametrize(
    ("written", "changes"),
    [
        ("return None if scope.roles else 'Ask.'", {"return None", "return None if not scope.roles else 'Ask.'"}),
        ("return a(scope) or b(scope)", {"return None", "return a(scope) or a(scope)", "return b(scope) or b(scope)"}),
    ],
)
def test_a_right_is_taken_apart(tmp_path, monkeypatch, written, changes):
    monkeypatch.setattr("assurance.mutations.ROOT", tmp_path)
    path = tmp_path / "rules.py"
    path.write_text(f"def right(scope) -> str | None:\n    {written}\n")
    found = {shown(mutant) for mutant in of_file(File(path))}
    assert found == {f"def right(scope) -> str | None:\n    {each}" for each in changes}


def shown(mutant):
    """Return the source of a mutant's file."""
    import ast

    mutant.place.put(mutant.other)
    try:
        return ast.unparse(mutant.file.tree)
    finally:
        mutant.place.put(mutant.place.node)


def test_most_of_a_few_mutants_are_killed_by_their_tests_and_live_where_those_are_emptied():
    found = mutants.hunted(apps=["talent"], tests=["tests/talent"], most=6, controls=2)
    assert sum(found["killed"].values()) >= 3
    assert found["emptied_survive"] == found["emptied"] == 2
