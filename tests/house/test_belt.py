"""Both belts hold everywhere: each model says whose it is, and whoever opens more than a scope stands in a list."""

import ast

import pytest
from django.apps import apps
from django.db import connection, models

from assurance import matrix
from headship.core import belonging, policies
from headship.schools.models import School
from tests.house.source import functions, python_files

OURS = [model for model in apps.get_models() if model.__module__.startswith("headship.")]
OPENERS = {"whole_installation", "at_schools", "at_trust", "at_chain"}

# Who opens more than a scope may reach; the reason stands beside each, in the code.
OPENED = {
    "appraisal.head_queries._with_trust",
    "appraisal.head_trust_queries.at_school_of",
    "appraisal.head_trust_queries.of_trust",
    "core.actions._under_way",
    "core.metrics.collect",
    "core.api.__call__",
    "core.audience.declared",
    "outcomes.contact_queries.shown_to",
    "outcomes.contact_queries.stamp",
    "outcomes.sum_queries.beside",
    "people.actions._handed_over",
    "governance.views.checkpoint",
    "people.actions.accept_invitation",
    "people.actions.accept_invitation_signed_in",
    "people.actions.appoint",
    "people.actions.close_account",
    "people.actions.invite_to_school_of_trust",
    "people.leavers.accounts_gone_by",
    "people.leavers.people_gone_by",
    "people.leavers.works_elsewhere",
    "people.middleware.__call__",
    "people.own_views._welcome",
    "people.queries._held",
    "people.queries.account_at",
    "people.queries.invitation_by",
    "people.queries.schools_of_trust",
    "people.roster_actions._joined",
    "people.roster_actions._put_back",
    "people.sign_in.get_user",
    "people.sign_in_urls.before_scope",
    "privacy.actions.ask",
    "privacy.erasing.erase",
    "privacy.gathering.gather",
    "privacy.keeping.people_held",
    "privacy.planning._due",
    "privacy.planning._keys_about",
    "privacy.planning._keys_of",
    "project.backups.filling.main",
    "project.cli.main",
    "project.demonstration.views.sign_in",
    "project.management.commands.migrate.handle",
    "project.queries.is_set_up",
    "project.setup_views.while_empty",
    "schools.actions._read_anew",
    "schools.queries.feed_reader",
    "schools.queries.next_actions",
    "voice.asking_queries.reach",
    "voice.paper_queries.typed_by",
    "voice.queries.invited_by",
}

# Statements written out in SQL: the belt of queries does not see them, on SQLite nothing but their own filter does.
IN_SQL = {
    "core.alone.alone": "asks PostgreSQL for a lock and reads no table",
    "core.audit.append": "one event of one chain, by its number",
    "core.policies.install": "the owner's, makes the other belt",
    "core.policies.weakness": "asks PostgreSQL about its roles",
    "core.rows._selected": "by natural keys that an importer gives, in an import of its own school",
    "core.rows._write_many": "as above",
    "core.rows.update": "as above",
    "core.rows.delete": "as above",
    "core.rows.note_sizes": "reads no rows",
    "core.readiness.database": "reads no rows",
    "project.backups.snapshot.lines": "a backup is of the whole installation, made by whoever keeps it running",
    "project.backups.snapshot.fill": "as above, put back",
    "evidence.actions._count": "the school is the first value of each row",
    "evidence.queries._rows": "runs the statements written out in that file; each holds the school among its values",
    "people.queries._held": "one person's posts",
    "schools.search._hits": "the register is everybody's",
}


def places(wanted):
    """Return "app.file.function" of each top function (or method) that holds what is wanted."""
    found = set()
    for path in python_files():
        where = ".".join(path.with_suffix("").parts[path.parts.index("headship") + 1 :])
        inner = {id(deep) for each in functions(path) for deep in ast.walk(each.node) if deep is not each.node}
        for each in functions(path):
            if id(each.node) not in inner and any(map(wanted, ast.walk(each.node))):
                found.add(f"{where}.{each.node.name}")
    return found


def opens(node):
    """Whether this opens more than a scope."""
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return called and node.func.attr in OPENERS and ast.unparse(node.func.value) == "belt"


def test_every_model_says_whose_its_rows_are():
    silent = [model._meta.label for model in OURS if not isinstance(vars(model).get("belongs"), belonging.Belongs)]
    assert silent == [], f"Add `belongs = Belongs(...)` to {silent}: whose each row is (headship.core.belonging)."


def test_whoever_points_to_a_school_belongs_to_it():
    strays = [
        f"{model._meta.label}.{field.name}"
        for model in belonging.confined().values()
        for field in model._meta.concrete_fields
        if field.related_model is School and belonging.of(model).school != field.name
    ]
    assert strays == [], f"{strays} name a school: say so in `belongs`."


def test_what_belongs_says_are_fields():
    wrong = [
        f"{model._meta.label}.{name}"
        for model in belonging.confined().values()
        for kind in ("school", "trust", "chain", "person", "own", "shown_to", "through")
        if (name := getattr(belonging.of(model), kind)) and not model._meta.get_field(name).concrete
    ]
    assert wrong == []


def test_no_model_has_a_belt_of_its_own():
    managed = [model._meta.label for model in OURS if type(model._default_manager) is not models.Manager]
    assert managed == ["people.Account"], "Managers are not where rows are kept apart (headship.core.backends)."


def test_who_opens_more_than_a_scope_stands_in_the_list():
    found = places(opens)
    assert sorted(found - OPENED) == [], "Ask within a scope, or say in OPENED who opens more."
    assert sorted(OPENED - found) == [], "Gone from the code: take it out of OPENED."


def test_statements_in_sql_stand_in_the_list():
    found = places(lambda node: isinstance(node, ast.Attribute) and node.attr == "cursor")
    found = {each for each in found if not each.startswith("core.backends.")}
    assert sorted(found - set(IN_SQL)) == [], "Use Django's queries, or say in IN_SQL why this is safe."
    assert sorted(set(IN_SQL) - found) == [], "Gone from the code: take it out of IN_SQL."


@pytest.mark.django_db
def test_the_policies_that_stand_are_those_declared():
    if connection.vendor != "postgresql":
        assert policies.weakness(connection) == ""  # SQLite has no such belt
        return
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        stand = _policies(cursor)
        policies.install(connection, anew=True)
        assert stand == _policies(cursor), "Run headship migrate: the policies differ from what models declare."
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity AND relkind = 'r'")
        assert {table for (table,) in cursor.fetchall()} == set(belonging.confined())
        assert policies.install(connection) == 0


def _policies(cursor):
    cursor.execute(
        "SELECT tablename, policyname, cmd, permissive, roles, qual, with_check FROM pg_policies ORDER BY 1, 2"
    )
    return cursor.fetchall()


@pytest.mark.django_db
def test_tests_work_as_the_applications_role():
    assert policies.weakness(connection) == ""


@pytest.mark.django_db
def test_pages_and_programs_that_forget_what_to_ask_show_nothing_of_another_school():
    *held, (_, everything) = matrix.belts_of(connection.vendor).items()
    found = {words: matrix.without(taken, ("headteacher", "clerk")) for words, taken in held}
    assert {words: each.leaks for words, each in found.items()} == {words: [] for words, _ in held}
    assert matrix.without(everything, ("headteacher",)).leaks != []
