"""The reference pages of docs/reference, written from the code itself so that they cannot disagree with it."""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from headship.core import checks, classed
from headship.core.audience import Audience
from headship.core.pages import academic_year
from headship.core.registry import Module, PersonData, modules, person_data
from headship.core.roles import Role
from headship.core.visibility import Visibility, opened_by
from headship.policy import loader as policy
from headship.privacy import record
from headship.project import described, rows, told_assurance, told_limits, told_states

NOTE = "<!-- Written by `make docs` from the code; change the code, not this page. -->\n"
VARIABLES: Mapping[str, str] = {
    "HEADSHIP_BACKUP_FOLDER": "Where the nightly backup goes: best another machine's disk, mounted here.",
    "HEADSHIP_BACKUP_KEEP": "How many backups the nightly one leaves in that folder; 0 lets none go.",
    "HEADSHIP_BACKUP_KEY": "What backups are sealed with; or HEADSHIP_BACKUP_KEY_FILE. At least 16 characters.",
    "HEADSHIP_CHECKPOINT_KEY": "The secret that signs audit checkpoints; or HEADSHIP_CHECKPOINT_KEY_FILE. Made once.",
    "HEADSHIP_EARLIER_CHECKPOINT_KEYS": "Public keys that signed before, where that key was lost; commas between.",
    "HEADSHIP_DATABASE": "Empty for SQLite in the folder, or postgresql://name:password@host:5432/database.",
    "HEADSHIP_DATABASE_OWNER": "The role that owns the tables of PostgreSQL, as such an address. For migrate.",
    "HEADSHIP_DEMONSTRATION": "Yes where this is the demonstration: anybody may sign in as each person of the cast.",
    "HEADSHIP_FILES": "Where uploaded files lie; files in the folder unless set. Backups take them along.",
    "HEADSHIP_FOLDER": "Where Headship keeps its database, secret key and files.",
    "HEADSHIP_HOSTS": "The names this server is reached by, commas between. Any but this machine's own needs https.",
    "HEADSHIP_HTTPS": "Whether it is reached over https. Worked out from the hosts unless set.",
    "HEADSHIP_KEPT_PAGES": "How many profiles each process keeps until something is done there; 0 keeps none.",
    "HEADSHIP_LOG": "json or plain: how the log is written. Plain on a terminal, json elsewhere, unless set.",
    "HEADSHIP_METRICS_TOKEN": "Whoever shows it reads /metrics. Without one only this machine does, never over https.",
    "HEADSHIP_MAIL": "Where mail is handed in: smtp://name:password@host:587. Printed by the server while empty.",
    "HEADSHIP_MAIL_FROM": "The name and address that mail comes from.",
    "HEADSHIP_OIDC_CLIENT_ID": "What the identity provider calls this installation.",
    "HEADSHIP_OIDC_CLIENT_SECRET": "The secret it shares with this installation.",
    "HEADSHIP_OIDC_ISSUER": "Address of an OpenID Connect provider; signing in with it is offered where this is set.",
    "HEADSHIP_PUPIL_KEY": "What pupils' UPNs are hashed with; keep it, or no pupil is found again.",
    "HEADSHIP_OIDC_NAME": "How the sign-in page names that provider's accounts.",
    "HEADSHIP_OLD_SECRET_KEYS": "Earlier secret keys, commas between: they open what they sealed. See docs/how-to.",
    "HEADSHIP_SECRET_KEY": "Signs sessions, seals second steps; or HEADSHIP_SECRET_KEY_FILE. Made once for SQLite.",
    "HEADSHIP_STATIC": "Where collected style sheets, scripts and pictures lie.",
}


def pages() -> dict[str, str]:
    """Return every generated page, by its file's name in docs/reference."""
    writers: dict[str, Callable[[], str]] = {
        "addresses.md": addresses,
        "roles.md": roles,
        "kept-data.md": kept_data,
        "assurance.md": told_assurance.page,
        "limits.md": limits,
        "migrations.md": migrations,
        "modules.md": module_list,
        "policy.md": policy_values,
        "record-of-processing.md": record_of_processing,
        "rows.md": twenty_five_rows,
        "settings.md": variables,
        "states.md": told_states.page,
    }
    written = {name: f"{NOTE}\n{write().strip()}\n" for name, write in writers.items()}
    return {**written, "openapi.json": json.dumps(described.document(), indent=1, ensure_ascii=False) + "\n"}


def addresses() -> str:
    """Tell every address and who it is for; of the API's, every method."""
    lines = []
    for address, pattern in sorted(checks.every_pattern(), key=lambda each: each[0]):
        audience: Audience = pattern.callback.audience  # type: ignore[attr-defined]  # declared by core.audience.route
        again = "yes" if pattern.callback.fresh else "-"  # type: ignore[attr-defined]  # declared there too
        shown = [(each.method + " ", each.name, each.audience) for each in getattr(pattern.callback, "endpoints", ())]
        for method, name, reader in shown or [("", pattern.name, audience)]:
            lines.append((f"`{method}/{address}`", f"`{name}`", reader.name, again, reader.refusal or "-"))
    told = (
        "Whoever holds no post at the place in an address gets “Page not found”, as if it did not exist. "
        "Whoever holds one, but not of this audience, is told what stands in the last column. "
        "“Again” marks exports and changes of roles: they ask for the second step once the last is ten minutes old."
    )
    return f"# Addresses\n\n{told}\n\n{table(('Address', 'Name', 'For', 'Again', 'The others are told'), lines)}"


def roles() -> str:
    """Tell each role in plain English, and what it opens."""
    lines = [
        (role.words, role.meaning, ", ".join(each.words for each in Visibility if each in opened_by({role})))
        for role in Role
    ]
    told = "What a person sees follows from the posts they hold today, never from their account."
    return f"# Roles\n\n{told}\n\n{table(('Role', 'What it means', 'Opens what is marked'), lines)}"


def kept_data() -> str:
    """Tell each model: the class of its fields, how long its rows are kept, whom they name."""
    kept = {each.model: each for module in modules() for each in module.retention}
    named: dict[str, list[PersonData]] = {}
    for each in person_data():
        named.setdefault(each.model, []).append(each)
    parts = [
        "# What is kept\n",
        "Every field has a class: public, the school's own, personal, or special. "
        "Every kind of row says how long it stays, and what happens to it when a person's data is erased.",
    ]
    for model in models():
        label = model._meta.label  # Django's documented way to a model's fields
        parts.append(f"\n## {label}\n\n{first_line(model.__doc__)}\n")
        if label in kept:
            parts.append(f"Kept {kept[label].keep} ({kept[label].because.rstrip('.')}).")
        for declared in named.get(label, ()):
            where = f"Names people in {_codes(declared.leads)}" if declared.leads else "May name people in words"
            parts.append(f"{where}. On erasure: {declared.on_erasure}")
        parts.append("\n" + table(("Class", "Fields"), _classes(model)))
    return "\n".join(parts)


def migrations() -> str:
    """Tell each step by which a database came to be as it is, application by application."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = [each for each in loader.disk_migrations.values() if type(each).__module__.startswith("headship.")]
    lines = [(f"`{each.app_label}.{each.name}`", _step(each)) for each in sorted(ours, key=str)]
    told = "What `headship migrate` does, in order within each application."
    return f"# Migrations\n\n{told}\n\n{table(('Migration', 'What it does'), lines)}"


def record_of_processing() -> str:
    """Tell what is done with personal data, as it ships; each school downloads its own with its own times."""
    told = (
        "What Headship holds about people, why, and for how long, as it ships. A school downloads its own record, with "
        "the times it set, under *People, Requests about personal data*. The lawful basis is the school's to say."
    )
    return f"# Record of processing\n\n{told}\n\n{record.markdown()}"


def limits() -> str:
    """Tell every limit: how often, how long, how much."""
    told = (
        "How often a thing may be done, how long it lasts, how much is taken. What is counted is counted in the "
        "database, so that all workers know it; whoever is stopped is told how long to wait."
    )
    return f"# Limits\n\n{told}\n\n{table(('What', 'Limit', 'For each'), told_limits.table())}"


def module_list() -> str:
    """Tell each module: what it serves, which evidence it writes, what it measures."""
    return "# Modules\n" + "\n".join(_module(each) for each in modules())


def variables() -> str:
    """Tell each environment variable an operator may set."""
    lines = [(f"`{name}`", VARIABLES.get(name, ""), f"`{default}`" if default else "-") for name, default in _read()]
    told = "One file reads them all (`headship/project/settings.py`). A value that makes no sense stops the start."
    return f"# Settings\n\n{told}\n\n{table(('Variable', 'What it says', 'Unless set'), lines)}"


def policy_values() -> str:
    """Tell each policy value, its source, and whether anybody has read it there."""
    lines = [
        (
            f"`{each.code}`",
            each.words,
            _value(each),
            each.in_force_from.isoformat() if each.in_force_from else "not read",
            each.cited,
            each.checked_on.isoformat() if each.checked_on else "not yet",
        )
        for each in policy.values()
    ]
    told = "Rules of England as dated data. “Not yet” means that nobody has read the value at its own source."
    head = ("Code", "In words", "Value", "In force from", "Source", "Checked on")
    return f"# Policy values\n\n{told}\n\n{table(head, lines)}"


def twenty_five_rows() -> str:
    """Tell what works of each row of the Standards, who holds it, and the test that goes through it."""
    told = [
        (
            row.code,
            row.standard,
            row.capability,
            row.status.value,
            row.now,
            ", ".join(row.applications),
            ", ".join(f"[test](../../{each})" for each in (row.journey, *row.others) if each) or "-",
        )
        for row in rows.ROWS
    ]
    head = ("", "Standard, in short", "Capability", "Today", "What works of it", "Held by", "Proved by")
    return f"# The 25 rows\n\n{rows.page().summary}\n\n{table(head, told)}"


def readme_rows() -> str:
    """Tell the 25 rows as the README shows them."""
    told = [
        (row.code, row.standard, row.capability, f"[{row.status.value}](docs/reference/rows.md)" if row.now else "")
        for row in rows.ROWS
    ]
    return f"{rows.page().summary}\n\n{table(('', 'Standard, in short', 'Capability', 'Today'), told)}"


def models() -> Iterator[type[Model]]:
    """Yield every model of ours, module by module."""
    return (each for each in apps.get_models() if each.__module__.startswith("headship."))


def fields(model: type[Model]) -> Iterator[Any]:
    """Yield the fields of a model that somebody wrote down."""
    meta = model._meta  # Django's documented way to a model's fields
    own = (*meta.local_fields, *meta.local_many_to_many)
    return (each for each in own if not getattr(each, "auto_created", False))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    r"""Return a table as Markdown.

    >>> print(table(("Role", "Words"), [("chair", "leads | presides")]))
    | Role | Words |
    | --- | --- |
    | chair | leads \| presides |
    """
    lines = [head, ("---",) * len(head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def first_line(text: str | None) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())


def _value(each: policy.PolicyValue) -> str:
    value = each.value
    if isinstance(value, tuple):
        return ", ".join(map(academic_year, value))
    if isinstance(value, Mapping):
        return ", ".join(each if isinstance(each, str) else f"{name} {each:g}" for name, each in value.items())
    return (
        f"{value.day:02}-{value.month:02} (day-month)" if isinstance(value, policy.YearDay) else f"{value} {each.unit}"
    )


def _classes(model: type[Model]) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {each.value: [] for each in classed.DataClass}
    for field in fields(model):
        if data_class := classed.class_of(field):
            found[data_class.value].append(field.name)
    return [(each, _codes(names)) for each, names in found.items() if names]


def _module(module: Module) -> str:
    lines = [
        (f"`{kind.code}`", kind.words, "done as work" if kind.from_work else "typed for its own sake")
        for kind in module.evidence_kinds
    ]
    measured = [(f"`{each.code}`", each.words, ", ".join(each.characteristics)) for each in module.measures]
    parts = [f"\n## {module.label} (`{module.name}`)\n"]
    if module.characteristics:
        parts.append(f"Serves {', '.join(module.characteristics)}.\n")
    if lines:
        parts.append(table(("Evidence", "In words", "Counted as"), lines) + "\n")
    if measured:
        parts.append(table(("Measure", "In words", "Shows"), measured) + "\n")
    return "\n".join(parts if len(parts) > 1 else [*parts, "Writes no evidence and measures nothing.\n"])


def _read() -> list[tuple[str, str]]:
    """Find the variables where the settings read them, each with its default where that is a plain word."""
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(Path(settings.SOURCE, "project", "settings.py").read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.args[0].value
            if isinstance(name, str) and name.startswith("HEADSHIP_"):
                default = node.args[1] if len(node.args) > 1 else None
                found[name] = str(default.value) if isinstance(default, ast.Constant) else ""
    return sorted(found.items())


def _step(migration: Migration) -> str:
    """Say what a migration does: in the words of its file, or of its operations."""
    return first_line(import_module(type(migration).__module__).__doc__) or ", ".join(
        dict.fromkeys(each.describe() for each in migration.operations)
    )


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
