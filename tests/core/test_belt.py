"""The belts: with a query's own filter gone, the next belt shows nothing of another school, for every model."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from headship.core import belonging, belt
from headship.people.models import Account, Person, Post
from headship.strategy.models import Decision, DecisionChange
from tests import cast as everybody
from tests.core import every_model
from tests.house.careless import without_the_belt_of_queries

POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture
def cast(db):
    """Build the cast."""
    return everybody.build()


@pytest.fixture
def here(cast):
    """Make a row of every model at the headteacher's school."""
    return every_model.every(cast.school, cast.accounts["headteacher"])


@pytest.fixture
def there(cast):
    """Make a row of every model at another school."""
    return every_model.every(cast.other, cast.accounts["other_headteacher"])


@pytest.fixture
def scope(cast, here, there):
    """Give the headteacher's scope, once all rows stand."""
    return cast.scope("headteacher")


def through_queries(model):
    """Return the keys of all rows, as a query without any filter gives them."""
    return set(model._base_manager.values_list("pk", flat=True))


def through_sql(model):
    """Return the keys of all rows, as plain SQL gives them."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')
        return {model._meta.pk.to_python(key) for (key,) in cursor.fetchall()}


def shown(read, rows):
    """Return the models whose row a way of reading shows."""
    return {model._meta.label for model, row in rows.items() if row.pk in read(model)}


def every_label(rows):
    return {model._meta.label for model in rows}


def test_there_are_models_to_hold(here):
    assert {"people.Person", "people.Post", "evidence.Reflection", "core.AuditEvent", "strategy.Decision_values"} <= (
        every_label(here)
    )


def test_without_any_belt_everything_leaks(scope, here, there):
    with belt.whole_installation(because="the control"):
        assert shown(through_queries, there) == every_label(there)
        assert shown(through_sql, there) == every_label(there)


def test_a_query_without_a_filter_shows_its_own_school_alone(scope, here, there):
    with belt.within(scope):
        assert shown(through_queries, there) == set()
        assert shown(through_queries, here) == every_label(here)


def test_without_that_belt_too_postgresql_still_holds_and_sqlite_leaks(scope, here, there):
    leaks = set() if POSTGRESQL else every_label(there)
    with belt.within(scope), without_the_belt_of_queries():
        assert shown(through_queries, there) == leaks
        assert shown(through_queries, here) == every_label(here)
        assert shown(through_sql, there) == leaks
        assert shown(through_sql, here) == every_label(here)


def test_where_nothing_is_open_queries_say_so_and_sql_finds_nothing(here, there):
    with belt.closed():
        for model in here:
            with pytest.raises(belt.NothingOpen, match="nothing is open here"):
                through_queries(model)
            assert not POSTGRESQL or through_sql(model) == set()


def test_nothing_of_another_school_is_changed_or_removed(scope, there):
    with belt.within(scope):
        for model, row in there.items():
            field = model._meta.concrete_fields[-1]
            value = getattr(row, field.attname)
            assert model._base_manager.filter(pk=row.pk).update(**{field.attname: value}) == 0, model
            assert model._base_manager.filter(pk=row.pk)._raw_delete(connection.alias) == 0, model


def test_postgresql_refuses_what_sql_would_write_elsewhere(scope, cast, there):
    if not POSTGRESQL:
        return  # SQLite has no second belt; the first is tested above and below
    with belt.within(scope), connection.cursor() as cursor:
        for model, row in there.items():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = %s', [row.pk])
            assert cursor.rowcount == 0, table
            cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = %s', [row.pk])
            assert cursor.rowcount == 0, table
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO strategy_value (school_id, name, meaning, version) VALUES (%s, 'Theirs', '', 1)",
                [cast.other.pk],
            )


def test_no_row_is_added_at_another_school(scope, cast, there):
    for model, row in there.items():
        its = belonging.of(model)
        if not (its.school or its.chain):
            continue
        fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key or its.chain]
        again = model(**{name: getattr(row, name) for name in fields})
        with belt.within(scope), pytest.raises(belt.NothingOpen, match="not open here"):
            model._base_manager.bulk_create([again])


def test_joined_tables_are_confined_too(scope, cast):
    with belt.within(scope):
        held = dict(Person.objects.annotate(count=Count("posts")).values_list("name", "count"))
        names = set(Account.objects.filter(person__posts__school=cast.other.pk).values_list("person__name", flat=True))
    assert held["Rosa Twoschools-Example"] == 1  # the other is at the other school
    assert "Petra Otherhead-Example" not in held
    assert names == set()


def test_a_person_sees_their_own_posts_everywhere_and_changes_them_nowhere(cast):
    scope = cast.scope("two_schools", "own")
    elsewhere = Post.objects.get(person=scope.person_id, school=cast.other)
    with belt.within(scope):
        assert Post.objects.filter(person=scope.person_id).count() == 2
        assert Post.objects.filter(pk=elsewhere.pk).update(title="Changed") == 0


def test_ones_own_reflections_go_along_and_learning_stays_at_its_school(cast):
    person = cast.accounts["two_schools"]
    rows = every_model.every(cast.other, person)
    with belt.within(cast.scope("two_schools", "own")):
        shown_here = shown(through_queries, rows)
    assert "evidence.Reflection" in shown_here
    assert not {"talent.LearningNote", "evidence.Entry", "strategy.Decision"} & shown_here


def test_history_and_shares_follow_the_row_they_belong_to(scope, here, there):
    with belt.within(scope):
        assert list(DecisionChange.objects.values_list("pk", flat=True)) == [here[DecisionChange].pk]
        assert list(Decision.objects.values_list("pk", flat=True)) == [here[Decision].pk]


def test_other_schools_are_opened_only_while_asked_for(cast):
    with belt.within(cast.scope("trust_leader")):
        before = Post.objects.filter(school__isnull=False).count()
        with belt.at_schools([cast.school.pk], because="an example"):
            during = Post.objects.filter(school__isnull=False).count()
        after = Post.objects.filter(school__isnull=False).count()
    assert (before, after) == (0, 0)
    assert during > 0


@pytest.mark.parametrize("undo", [True, False])
def test_what_is_open_outlives_a_savepoint_that_is_undone(scope, cast, undo):
    with transaction.atomic(), belt.within(scope):
        with transaction.atomic():
            with belt.closed(), connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            Post.objects.count()
            transaction.set_rollback(undo)
        assert through_sql(Post) >= set(Post.objects.values_list("pk", flat=True))


def test_opening_more_needs_a_reason():
    with pytest.raises(ValueError, match="reason"):
        belt.whole_installation(because="")
