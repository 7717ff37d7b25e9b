"""Calculation and policy reach no web framework, no database and no clock of ours: seen in a fresh interpreter."""

import subprocess
import sys

import pytest

from tests.house.source import SOURCE, python_files

FORBIDDEN = ("django", "jinja2", "allauth", "psycopg", "pysqlite3", "http.server", "headship.core")
IMPORT_ALL = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(sys.modules))
"""


@pytest.mark.parametrize("package", ["analysis", "policy"])
def test_importing_it_reaches_nothing_of_the_web(package):
    names = [".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in python_files(package)]
    command = [sys.executable, "-c", IMPORT_ALL, *(name.removesuffix(".__init__") for name in names)]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    reached = [name for name in loaded if name.split(".")[0] in FORBIDDEN or name in FORBIDDEN]
    assert reached == [], f"headship.{package} reaches {reached}."
