"""Loading: idempotent, locked, replaced by a new version only; and what a process keeps of it."""

from dataclasses import replace
from uuid import uuid5

import pytest
from django.utils import timezone

from headship.core import audit
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import Scope, installation_scope
from headship.standards import actions, queries, shipped
from headship.standards.models import Association, Characteristic, Framework

NOW = timezone.now()
SYSTEM = installation_scope(NOW)
NSE = shipped.frameworks()[0]


@pytest.fixture
def loaded(nothing_shipped):
    actions.load_shipped(by=SYSTEM, at=NOW)


def altered(document, **changes):
    """Return the document with its first statement changed."""
    first = replace(document.statements[0], **changes)
    return replace(document, statements=(first, *document.statements[1:]))


def test_loading_twice_changes_nothing(loaded):
    counts = (Framework.objects.count(), Characteristic.objects.count(), Association.objects.count())
    assert counts == (3, 134, 75)
    actions.load_shipped(by=SYSTEM, at=NOW)
    assert (Framework.objects.count(), Characteristic.objects.count(), Association.objects.count()) == counts
    assert AuditEvent.objects.filter(chain=0).count() == 4
    assert list(audit.faults(0)) == []


def test_loading_the_same_document_again_is_allowed(loaded):
    actions.load_framework(by=SYSTEM, at=NOW, document=NSE)
    assert Framework.objects.count() == 3


def test_a_framework_in_use_is_locked(loaded):
    with pytest.raises(Unusable) as refused:
        actions.load_framework(by=SYSTEM, at=NOW, document=altered(NSE, statement="Something else."))
    assert str(refused.value) == (
        "National Standards of Excellence for Headteachers (2015) is in use, so its words are locked. Load the changed "
        "text as a new version: give it a code and version of its own, and say that it replaces nse-2015."
    )
    assert queries.framework().by_code["P"].statement == NSE.statements[0].statement


def test_what_is_said_about_a_framework_may_change(loaded):
    actions.load_framework(by=SYSTEM, at=NOW, document=replace(NSE, notes="Checked.", checked_on=NOW.date()))
    assert queries.framework().notes == "Checked."
    assert queries.framework().checked_on == NOW.date()


def new_version(**changes):
    fresh = {each.code: uuid5(each.uuid, "2") for each in NSE.statements}
    statements = tuple(replace(each, uuid=fresh[each.code]) for each in NSE.statements)
    own = {"uuid": uuid5(NSE.uuid, "2"), "code": "nse-2015-2", "version": "2015, corrected", "statements": statements}
    return replace(NSE, **own, **changes)


def test_a_new_version_replaces_the_old_and_leaves_it_whole(loaded):
    actions.load_framework(by=SYSTEM, at=NOW, document=new_version(replaces="nse-2015"))
    assert queries.replacement_of("nse-2015") == "nse-2015-2"
    assert queries.replacement_of("nse-2015-2") == ""
    assert len(queries.framework("nse-2015").statements) == len(queries.framework("nse-2015-2").statements) == 29


def test_a_version_cannot_replace_what_is_not_here(loaded):
    with pytest.raises(Unusable) as refused:
        actions.load_framework(by=SYSTEM, at=NOW, document=new_version(replaces="nse-1997"))
    assert str(refused.value) == "nse-2015-2 replaces nse-1997, which is not here. Load that one first."
    assert Framework.objects.count() == 3


def test_a_crosswalk_is_loaded_once_and_needs_both_ends(loaded, db):
    (crosswalk,) = shipped.crosswalks()
    with pytest.raises(Unusable, match="are linked already"):
        actions.load_crosswalk(by=SYSTEM, at=NOW, document=crosswalk)
    with pytest.raises(Unusable, match="The framework elsewhere is not here"):
        actions.load_crosswalk(by=SYSTEM, at=NOW, document=replace(crosswalk, origin="elsewhere"))
    strange = replace(crosswalk, links=(replace(crosswalk.links[0], destination="99.9"),), origin="teachers-standards")
    with pytest.raises(Unusable, match="which teachers-standards does not have"):
        actions.load_crosswalk(by=SYSTEM, at=NOW, document=strange)


@pytest.mark.usefixtures("nothing_shipped")
def test_only_operators_load():
    head = Scope(account_id=1, person_id=1, name="Ada Headteacher-Example", at=NOW, roles=frozenset({"headteacher"}))
    with pytest.raises(Refused) as refused:
        actions.load_framework(by=head, at=NOW, document=NSE)
    assert str(refused.value).startswith("Only those who keep this installation running can load a framework.")
    assert Framework.objects.count() == 0
    (crosswalk,) = shipped.crosswalks()
    with pytest.raises(Refused, match="Only those who keep this installation running"):
        actions.load_crosswalk(by=head, at=NOW, document=crosswalk)


def test_a_process_reads_the_frameworks_in_three_queries_and_then_in_none(loaded, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = queries.framework()
    with django_assert_num_queries(1):  # has another process brought one?
        assert len(queries.frameworks()) == 3
    with django_assert_num_queries(0):
        assert queries.framework() is first
        ids = queries.characteristic_ids("nse-2015", ["4.6", "P"])
        assert [queries.statement(key).code for key in ids] == ["4.6", "P"]
        assert [each.statement.code for each in queries.counterparts(ids[0])] == ["E10", "9.1"]


def test_counterparts_go_both_ways_and_say_whose_proposal_they_are(loaded):
    (e4,) = queries.characteristic_ids("headteachers-2020", ["E4"])
    (found,) = queries.counterparts(e4)
    assert (found.statement.framework, found.statement.code) == ("nse-2015", "P")
    assert (found.proposed_by, found.nearest) == ("Headship's own proposal", True)
    (teaching,) = queries.characteristic_ids("teachers-standards", ["1"])
    assert queries.counterparts(teaching) == ()


def test_unknown_codes_and_keys_are_named(loaded):
    with pytest.raises(LookupError, match=r"nse-2015 has no statement '9\.9'"):
        queries.characteristic_ids("nse-2015", ["1.1", "9.9"])
    with pytest.raises(LookupError, match="'nowhere' is not loaded"):
        queries.framework("nowhere")
    with pytest.raises(LookupError, match="No statement has the key 0"):
        queries.statement(0)


def test_headings_are_not_assessable_and_hold_what_is_under_them(loaded):
    framework = queries.framework()
    assert [each.code for each in framework.under("")] == ["P", "D1", "D2", "D3", "D4"]
    assert [each.code for each in framework.under("D2")] == [f"2.{n}" for n in range(1, 7)]
    assert len(framework.assessable) == 25
