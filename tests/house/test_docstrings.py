"""Every public function of the lower floors says what it does, with an example that runs."""

import ast
import re

import pytest

from tests.house.source import ROOT, SOURCE, functions, python_files, shown

# What needs a database, a request or another function to wrap has its example in a test instead.
NOT_PLAIN = re.compile(
    r"HttpRequest|HttpResponse|Callable|options: Any|(View|Scope|Place|Module|Form|Field)\b|Environment|\*\*_"
    r"|Endpoint|NinjaAPI"
)
ASKS_DATABASE = re.compile(
    r"\.objects\b|connection\b|get_resolver|modules\(\)|_running|ContextVar|Callable|reverse\(|static\("
)

# Others that cannot carry a running example, each with the reason.
WITHOUT_EXAMPLE = {
    "core.actions.audit": "says something only inside an action; tests/core/test_actions.py shows it",
    "core.background.scope_of": "asks for an account; tests/core/test_work.py shows it",
    "core.background.ended_well": "writes how a task ended; tests/core/test_work.py shows it",
    "core.background.failed": "writes how a task ended; tests/core/test_work.py shows it",
    "core.upkeep.run_due": "runs what is due; tests/core/test_work.py shows it",
    "core.work.turn": "does tasks; tests/core/test_work.py shows it",
    "core.work.run": "is a process of its own; tests/core/test_worker_process.py shows it",
    "core.work.supervise": "keeps a process going; tests/core/test_worker_process.py shows it",
    "core.readiness.worker": "asks the database; tests/core/test_probes.py shows it",
    "core.readiness.migrations": "asks the database; tests/core/test_probes.py shows it",
    "core.readiness.disk": "looks at a disk; tests/core/test_probes.py shows it",
    "core.readiness.faults": "asks the database; tests/core/test_probes.py shows it",
    "core.metrics.text": "asks the database; tests/core/test_probes.py shows it",
    "core.backends.confined.refuse_strangers": "takes rows; tests/core/test_belt.py shows it",
    "core.backends.postgresql.base.settle": "needs a connection to PostgreSQL; tests/core/test_belt.py shows it",
    "core.backends.postgresql.base.confined": "makes a kind of cursor; tests/core/test_belt.py shows it",
    "core.policies.install": "needs a connection to PostgreSQL; tests/house/test_belt.py shows it",
    "core.registry.record_evidence": "writes only inside an action; tests/evidence shows it",
    "core.registry.withdraw_evidence": "writes only inside an action; tests/evidence shows it",
    "core.imports.preview": "walks files or tables; tests/core/test_imports.py shows it",
    "core.imports.unpacked": "walks files or tables; tests/core/test_imports.py shows it",
    "core.imports.apply": "walks files or tables; tests/core/test_imports.py shows it",
    "core.imports.revert": "walks files or tables; tests/core/test_imports.py shows it",
    "core.imports.touched": "walks files or tables; tests/core/test_imports.py shows it",
    "core.limits.spend_ahead": "counts in the database; tests/core/test_api.py shows it",
    "core.rows.standing": "reads or writes tables; tests/core/test_imports.py shows it",
    "core.rows.insert": "reads or writes tables; tests/core/test_imports.py shows it",
    "core.rows.note_sizes": "writes tables; tests/core/test_imports.py shows it",
    "core.rows.blank": "reads or writes tables; tests/core/test_imports.py shows it",
    "core.audit.faults": "reads tables; tests/core/test_audit.py shows it",
    "core.audit_records.checked": "reads tables; tests/core/test_verifier.py shows it",
    "core.signing.public": "needs the installation's key; tests/core/test_verifier.py shows it",
    "core.signing.signed": "needs the installation's key; tests/core/test_verifier.py shows it",
    "core.verifier.read_export": "reads a file; tests/core/test_verifier.py shows it",
    "core.verifier.main": "is a program; tests/core/test_verifier.py runs it",
    "core.tabular.opened": "starts the limited process; tests/core/test_tabular.py shows it",
    "core.tabular_worker.limit": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.tell": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.encoding_of": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.csv_rows": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.check_workbook": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.xlsx_rows": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.tell_table": "runs in the limited process alone; tests/core/test_tabular.py shows it",
    "core.tabular_worker.main": "runs in the limited process alone; tests/core/test_tabular.py shows it",
}

PUBLIC = [
    pytest.param(path, each, id=f"{path.relative_to(SOURCE).with_suffix('')}.{each.node.name}".replace("/", "."))
    for path in python_files("analysis", "policy", "core")
    for each in functions(path)
    if each.top and each.public
]


@pytest.mark.parametrize(("path", "function"), PUBLIC)
def test_it_says_what_it_does(path, function):
    assert ast.get_docstring(function.node), f"{function.where} has no docstring."


@pytest.mark.parametrize(("path", "function"), PUBLIC)
def test_it_shows_an_example_that_runs(path, function):
    signature = ast.unparse(function.node.args)
    body = ast.unparse(function.node)
    if path.relative_to(SOURCE).parts[0] == "core" and (NOT_PLAIN.search(signature) or ASKS_DATABASE.search(body)):
        return
    name = f"{path.relative_to(SOURCE).with_suffix('')}.{function.node.name}".replace("/", ".")
    shows = ">>>" in (ast.get_docstring(function.node) or "")
    assert shows or name in WITHOUT_EXAMPLE, f"{function.where}: add a line starting with >>> to its docstring."


@pytest.mark.parametrize("path", [pytest.param(path, id=shown(path)) for path in python_files("analysis")])
def test_each_calculation_has_its_method_page(path):
    pages = (ROOT / "docs" / "methods").glob("*.md")
    told = {page.stem: page.read_text() for page in pages}
    public = [each.node.name for each in functions(path) if each.top and each.public]
    lacking = [name for name in public if not any(name in text for text in told.values())]
    assert lacking == [], f"No page of docs/methods names {lacking} of {shown(path)}."
