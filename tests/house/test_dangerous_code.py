"""Calls that are dangerous by nature stand nowhere in the product, or in a short list with the reason."""

import ast
import re

import pytest

from tests.house.source import SOURCE, python_files, shown, tree

CALLS = {
    "eval", "exec", "compile", "__import__", "mark_safe", "Markup", "RawSQL", "format_html",
    "os.system", "os.popen", "yaml.load", "pickle.loads", "pickle.load", "marshal.loads", "shelve.open",
    "tempfile.mktemp", "hashlib.md5", "hashlib.sha1", "random.random", "random.choice", "random.randint",
}  # fmt: skip
METHODS = {"raw", "extra", "extractall"}
IMPORTS = {"pickle", "marshal", "shelve", "dill", "telnetlib", "ftplib"}

# Files that may, each with its reason.
ALLOWED = {
    "src/headship/core/pictures.py": {"mark_safe"},  # draws our own numbers; words are escaped where they are put in
    "src/headship/outcomes/outlook_drawing.py": {"mark_safe"},  # the same
    "src/headship/voice/drawing.py": {"mark_safe"},  # the same
    "src/headship/voice/tongue.py": {"format_html"},  # a mark around words that it escapes
    "src/headship/core/components.py": {"mark_safe"},  # the macro of the design system escaped it
}
# The picture of an authenticator app's key is drawn by allauth from that key alone.
UNESCAPED = {"src/headship/people/templates/mfa/totp/activate_form.html"}
# Whoever was asked answers by a link nobody can guess, and no cookie of theirs is read that a form could misuse.
UNCOOKIED = {"src/headship/voice/answer_views.py", "src/headship/voice/typed_views.py"}
PLANTED = "import pickle\neval('1')\nx.objects.raw('SELECT 1')\nsubprocess.run('ls', shell=True)\nos.system('ls')\n"


def dangerous(node: ast.Module) -> set[str]:
    """Return what a file calls or brings in that it should not."""
    found = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            found |= {name.name for name in each.names} & IMPORTS
        if isinstance(each, ast.ImportFrom) and each.module in IMPORTS:
            found.add(each.module)
        if isinstance(each, ast.Call):
            called = ast.unparse(each.func)
            found |= {called} & CALLS
            if isinstance(each.func, ast.Attribute) and each.func.attr in METHODS:
                found.add(f".{each.func.attr}")
            if any(word.arg == "shell" and ast.unparse(word.value) != "False" for word in each.keywords):
                found.add("a shell")
    return found


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in python_files()])
def test_nothing_dangerous_is_called(path):
    found = dangerous(tree(path)) - ALLOWED.get(shown(path), set())
    assert found == set(), f"{shown(path)} uses {sorted(found)}: find another way, or allow it here with the reason."


def test_what_is_planted_is_found():
    assert dangerous(ast.parse(PLANTED)) == {"pickle", "eval", ".raw", "a shell", "os.system"}


def test_no_template_switches_escaping_off():
    rule = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
    found = {shown(path) for path in SOURCE.glob("*/templates/**/*.html") if rule.search(path.read_text())}
    assert found == UNESCAPED


def test_no_view_goes_without_the_check_of_its_form():
    rule = re.compile(r"import csrf_exempt|csrf_exempt\s*=")  # to ask whether a view is, is no harm
    found = {shown(path) for path in python_files() if rule.search(path.read_text())}
    assert found == UNCOOKIED, f"{found - UNCOOKIED}: a form from elsewhere must never count."
