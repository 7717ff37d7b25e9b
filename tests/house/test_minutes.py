"""What waits on somebody's Today says how long it takes: no application of these leaves that out."""

import ast

import pytest

from tests.house.source import SOURCE

TELLING = ("equality", "improvement", "policies", "strategy", "workload")


@pytest.mark.parametrize("name", TELLING)
def test_next_actions_tell_their_minutes(name: str):
    found = [call for path in sorted((SOURCE / name).glob("*waiting.py")) for call in _calls(path.read_text())]
    silent = [ast.unparse(call) for call in found if len(call.args) < 3 or ast.unparse(call.args[2]) == "0"]
    assert (found != [], silent) == (True, [])


def _calls(source: str) -> list[ast.Call]:
    calls = (each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call))
    return [each for each in calls if isinstance(each.func, ast.Name) and each.func.id == "NextAction"]
