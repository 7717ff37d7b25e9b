"""Who reads a headteacher's appraisal: the headteacher, the panel of that year and its adviser, and nobody else."""

from uuid import uuid4

import pytest
from django.http import Http404

from headship.appraisal import (
    head_course_actions,
    head_pages,
    head_panel_actions,
    head_queries,
    head_rules,
    head_statement_actions,
    head_waiting,
)
from headship.appraisal.head_choices import HeadState, Part, Result, Said, Scheme, Section
from headship.appraisal.models import HeadAppeal, HeadReflection, HeadYear
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditDetail, AuditEvent
from headship.core.pages import academic_year
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.people.models import Post
from headship.standards import actions as standards
from tests import cast as everybody
from tests.appraisal import head_flow as flow
from tests.appraisal.head_flow import AT, DAY, THIS, TODAY
from tests.cast import PERSONAS, Cast

HERE = f"/schools/{everybody.OWN}/head-appraisal/"
OTHERS = sorted(
    name
    for name, (_, posts) in PERSONAS.items()
    if name not in {"headteacher", "chair", "governor", "external_adviser", "leaver", "operator", "trust_leader"}
    and any(place == "own" for place, _ in posts)
)


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def readers(cast: Cast, key: int) -> set[str]:
    """Return who of those at the school reads anything of a year."""
    found = set()
    for name in cast.accounts:
        try:
            scope = cast.scope(name, "own")
        except LookupError:
            continue
        if head_queries.year(scope, key) is not None:
            found.add(name)
    return found


def test_only_the_head_the_panel_and_the_adviser_read_it(cast: Cast):
    flow.join(cast, "second_governor")
    key = flow.to_met(cast)
    assert readers(cast, key) == {"headteacher", "chair", "governor", "external_adviser"}
    others = [*OTHERS, "second_governor"]
    assert "clerk" in others
    assert "data_protection_officer" in others
    for name in others:
        told = cast.client(name).get(f"{HERE}{key}")
        assert told.status_code in {403, 404}, name
        assert b"Every pupil reads daily" not in told.content


def test_a_chair_who_is_not_on_the_panel_sees_dates_and_nothing_else(cast: Cast):
    flow.join(cast, "second_governor")
    governors = (cast.people["governor"].pk, cast.people["second_governor"].pk)
    key = flow.appoint(cast, panel=governors)
    flow.aim(cast, key)
    chair = cast.scope("chair")
    assert head_queries.year(chair, key) is None
    (row,) = head_pages.list_page(chair).rows
    assert (row.url, row.state) == ("", "Panel appointed")
    assert "Panel appointed on" in row.dates
    page = cast.client("chair").get(HERE).content.decode()
    assert "Every pupil reads daily" not in page
    assert "Panel appointed" in page
    assert cast.client("chair").get(f"{HERE}{key}").status_code == 404


def test_the_clerk_records_and_sees_dates_only(cast: Cast):
    key = flow.to_given(cast)
    clerk = cast.client("clerk")
    page = clerk.get(HERE).content.decode()
    for words in ("Statement with the headteacher", "objectives set on", "due by"):
        assert words in page
    for words in ("Every pupil reads daily", "A strong year", "Two objectives"):
        assert words not in page
    assert clerk.get(f"{HERE}{key}").status_code == 403
    assert clerk.get(f"{HERE}{key}/panel").status_code == 200
    words = {each.words for each in head_waiting.calendar(cast.scope("clerk"), TODAY, TODAY + 800 * DAY)}
    assert words == {f"Headteacher's appraisal, {academic_year(THIS)}: statement due"}


def test_whoever_succeeds_a_head_reads_nothing_of_the_year_before(cast: Cast):
    key = flow.to_met(cast)
    before = cast.people["headteacher"]
    Post.objects.filter(person=before).update(ends_on=TODAY - DAY)
    Post.objects.create(person=cast.people["senior_leader"], school=cast.school, role=Role.HEADTEACHER, starts_on=TODAY)
    scope = cast.scope("senior_leader")
    assert scope.has(Role.HEADTEACHER)
    assert head_queries.year(scope, key) is None
    assert list(head_pages.list_page(scope).rows) == []
    assert list(head_waiting.news(scope, AT - 90 * DAY)) == []
    assert readers(cast, key) == {"chair", "governor", "external_adviser"}


@pytest.mark.parametrize("persona", ["governor", "external_adviser"])
def test_whoever_leaves_their_post_reads_nothing_from_then_on(cast: Cast, persona: str):
    key = flow.to_met(cast)
    assert persona in readers(cast, key)
    Post.objects.filter(person=cast.people[persona]).update(ends_on=TODAY - DAY)
    Post.objects.create(person=cast.people[persona], school=cast.school, role=Role.AUTHORITY_LEADER, starts_on=TODAY)
    assert persona not in readers(cast, key)
    with pytest.raises(Http404):
        flow.note(cast, key, Said.MEETING, persona)


def test_a_governor_who_comes_to_work_here_reads_nothing_from_then_on(cast: Cast):
    key = flow.to_met(cast)
    Post.objects.create(person=cast.people["governor"], school=cast.school, role=Role.OFFICE, starts_on=TODAY)
    assert "governor" not in readers(cast, key)


def test_whoever_is_taken_off_the_panel_reads_nothing_from_then_on(cast: Cast):
    flow.join(cast, "second_governor")
    key = flow.to_met(cast)
    head_panel_actions.change_panel(
        by=cast.scope("clerk"),
        at=AT,
        year=key,
        version=flow.year(key).version,
        who=flow.who(cast, panel=(cast.people["chair"].pk, cast.people["second_governor"].pk)),
        minuted=flow.minuted(on=TODAY),
    )
    assert readers(cast, key) == {"headteacher", "chair", "second_governor", "external_adviser"}
    with pytest.raises(Http404):
        flow.note(cast, key, Said.MEETING, "governor")


def test_a_panel_ends_when_its_year_is_agreed_and_the_next_is_appointed(cast: Cast):
    """Once the statement's day is past as well: until then the panel reads on, and can mend what it agreed."""
    key = flow.to_locked(cast, starts_in=THIS - 1)
    whole = {"headteacher", "chair", "governor", "external_adviser"}
    assert readers(cast, key) == whole
    later = flow.appoint(cast)
    HeadYear.objects.filter(pk=key).update(ends_on=TODAY - DAY)
    assert readers(cast, key) == whole
    assert key in {each.pk for each, _ in head_queries.current(cast.scope("governor"))}
    page = cast.client("governor").get(f"{HERE}{key}").text
    assert "Its panel can open it again and say why: until 31 December" in page
    assert "Open it again" in page
    assert cast.client("governor").get(f"{HERE}{key}/open-again").status_code == 200
    flow.past(key)
    HeadYear.objects.filter(pk=later).update(starts_on=TODAY + DAY)
    assert readers(cast, key) == whole
    HeadYear.objects.filter(pk=later).update(state=HeadState.CLOSED, closed_on=TODAY - DAY, starts_on=TODAY)
    assert readers(cast, key) == whole, "closed before it began, it never ended anything"
    HeadYear.objects.filter(pk=later).update(state=HeadState.APPOINTED, closed_on=None)
    for persona in ("governor", "headteacher"):
        assert key not in {each.pk for each, _ in head_queries.current(cast.scope(persona))}
    assert "Its panel has ended" in cast.client("headteacher").get(f"{HERE}{key}").text
    assert readers(cast, key) == {"headteacher"}
    head, panel = cast.scope("headteacher"), cast.scope("governor")
    lend = {"by": head, "at": AT, "year": key}
    head_course_actions.lend_copies(**lend, version=flow.year(key).version, shown=True)
    assert head_rules.sections(panel, head_queries.facts(panel, flow.year(key))) == {Section.COPIES}
    whole = head_queries.whole(panel, head_queries.year(panel, key))
    assert (len(whole.copies), whole.objectives, whole.notes, whole.statement) == (1, [], [], None)
    assert cast.client("governor").get(f"{HERE}{key}/copies/1").status_code == 200
    assert "A strong year" not in cast.client("governor").get(f"{HERE}{key}").content.decode()
    with pytest.raises(Refused):
        head_statement_actions.reopen_year(
            by=panel, at=AT, year=key, version=flow.year(key).version, because="Once more"
        )
    head_course_actions.lend_copies(**lend, version=flow.year(key).version, shown=False)
    assert readers(cast, key) == {"headteacher"}


@pytest.mark.parametrize("how", ["close", "remove"])
def test_a_panel_that_has_ended_is_brought_back_by_nobody(cast: Cast, how: str):
    """Neither closing nor removing the year that ended it lets anybody read, or open, what was agreed before."""
    key = flow.to_locked(cast, starts_in=THIS - 1)
    flow.past(key)
    version = flow.year(key).version
    later = flow.appoint(cast)
    assert readers(cast, key) == {"headteacher"}
    sure = {"by": cast.scope("chair"), "at": AT, "year": later, "version": 1, "whose": flow.whose(later)}
    if how == "close":
        head_panel_actions.close_head_year(**sure, once=uuid4(), because="A mistake")
    else:
        head_panel_actions.remove_head_year(**sure)
        told = list(flow.year(key).changes.values_list("words", flat=True))
        assert f"The record of {academic_year(THIS)}, in which nothing was written, was removed" in told
        assert "Its panel's reading stays ended, though the later year was removed" in told
    assert readers(cast, key) == {"headteacher"}
    assert "Its panel has ended" in cast.client("headteacher").get(f"{HERE}{key}").text
    for persona in ("chair", "governor", "external_adviser"):
        with pytest.raises((Refused, Http404)):
            head_statement_actions.reopen_year(
                by=cast.scope(persona), at=AT, year=key, version=version, because="Once more"
            )


def test_removing_a_year_that_ended_nothing_takes_no_panel_away(cast: Cast):
    key = flow.to_locked(cast, starts_in=THIS - 1)
    later = flow.appoint(cast)
    HeadYear.objects.filter(pk=key).update(ends_on=TODAY - DAY)
    head_panel_actions.remove_head_year(by=cast.scope("chair"), at=AT, year=later, version=1, whose=flow.whose(later))
    assert readers(cast, key) == {"headteacher", "chair", "governor", "external_adviser"}


def test_the_head_reads_the_statement_once_it_is_given_and_their_view_is_theirs_until_shown(cast: Cast):
    key = flow.to_met(cast)
    head, panel = cast.scope("headteacher"), cast.scope("governor")
    write = {"by": head, "at": AT, "year": key, "words": "I am tired"}
    head_course_actions.write_head_reflection(**write, version=0, shown=False)
    flow.draft(cast, key)
    of = head_queries.year(head, key)
    assert head_queries.whole(head, of).statement is None
    assert "A strong year" not in cast.client("headteacher").get(f"{HERE}{key}").content.decode()
    assert "Seen in June" not in cast.client("headteacher").get(f"{HERE}{key}").content.decode()
    assert "A strong year" in cast.client("governor").get(f"{HERE}{key}").content.decode()
    assert head_queries.whole(head, of).reflection.words == "I am tired"
    assert head_queries.whole(panel, of).reflection is None
    assert "I am tired" not in cast.client("governor").get(f"{HERE}{key}").content.decode()
    head_course_actions.write_head_reflection(**write, version=1, shown=True)
    assert "I am tired" in cast.client("governor").get(f"{HERE}{key}").content.decode()
    head_course_actions.write_head_reflection(**write, version=2, shown=False)
    assert head_queries.whole(panel, of).reflection is None
    assert HeadReflection.objects.get().shown_on is None
    flow.give(cast, key)
    assert "A strong year" in cast.client("headteacher").get(f"{HERE}{key}").content.decode()


def test_a_moderator_reads_objectives_and_draft_while_moderating(cast: Cast):
    flow.join(cast, "second_governor")
    second = cast.people["second_governor"].pk
    key = flow.appoint(cast, moderator=second, moderated=True)
    flow.aim(cast, key)
    assert head_queries.year(cast.scope("second_governor", "own"), key) is None
    flow.set_them(cast, key)
    flow.note(cast, key, Said.MEETING, words="Asked and answered")
    flow.draft(cast, key)
    page = cast.client("second_governor").get(f"{HERE}{key}").content.decode()
    assert "A strong year" in page
    assert "Asked and answered" not in page
    with pytest.raises(Unusable, match="moderates here"):
        flow.give(cast, key)
    flow.note(cast, key, Said.MODERATION, "second_governor", words="Fair beside last year")
    flow.give(cast, key)
    assert head_queries.year(cast.scope("second_governor", "own"), key) is None
    assert "Fair beside last year" in cast.client("headteacher").get(f"{HERE}{key}").content.decode()


def test_an_appeal_is_heard_by_nobody_of_the_panel(cast: Cast):
    flow.join(cast, "second_governor")
    key = flow.to_locked(cast)
    assert head_queries.year(cast.scope("second_governor", "own"), key) is None
    head, once = cast.scope("headteacher"), uuid4()
    lodge = {"by": head, "at": AT, "once": once, "year": key, "grounds": "Objective one was met"}
    first = head_statement_actions.lodge_appeal(**lodge)
    assert head_statement_actions.lodge_appeal(**lodge) == first
    assert HeadAppeal.objects.count() == 1
    with pytest.raises(Unusable, match="Nobody who ever sat on this year's panel"):
        flow.hear_by(cast, key, "chair")
    flow.hear_by(cast, key, "second_governor")
    assert "Objective one was met" in cast.client("second_governor").get(f"{HERE}{key}").content.decode()
    with pytest.raises(Refused):
        head_statement_actions.hear_appeal(
            by=cast.scope("chair"),
            at=AT,
            year=key,
            version=flow.year(key).version,
            on=TODAY,
            result=Result.DISMISSED,
            words="No",
        )
    heard = {"at": AT, "year": key, "on": TODAY, "words": "It was met"}
    head_statement_actions.hear_appeal(
        by=cast.scope("second_governor", "own"), version=flow.year(key).version, result=Result.UPHELD, **heard
    )
    assert flow.year(key).state == HeadState.MET
    assert flow.year(key).copies.get().because == "The appeal was upheld."
    assert head_queries.year(cast.scope("second_governor", "own"), key) is None
    assert "It was met" in cast.client("headteacher").get(f"{HERE}{key}").content.decode()


def test_swapping_lets_nobody_hear_or_moderate_what_they_wrote(cast: Cast):
    """Whoever ever was on the panel, advised or moderated stays kept from it, by whatever order they are named in."""
    for name in ("second", "third", "fourth"):
        flow.join(cast, name)
    people = {name: each.pk for name, each in cast.people.items()}
    key = flow.appoint(cast, moderated=True, moderator=people["second"])
    for panel in (("chair", "second"), ("chair", "third")):
        flow.change(cast, key, "chair", panel=tuple(people[each] for each in panel))
    for former in ("governor", "second"):
        with pytest.raises(Unusable, match="or did, moderates what it wrote"):
            flow.change(cast, key, "chair", panel=(people["chair"], people["third"]), moderator=people[former])
    flow.change(cast, key, "chair", panel=(people["chair"], people["third"]))
    flow.to_locked_from(cast, key)
    flow.appeal(cast, key)
    before = readers(cast, key)
    with pytest.raises(Refused, match="An appeal is being heard"):
        flow.change(cast, key, "chair", panel=(people["second"], people["fourth"]))
    for former in ("chair", "governor", "second", "third"):
        with pytest.raises(Unusable, match="ever sat on this year's panel"):
            flow.hear_by(cast, key, "fourth", former)
    with pytest.raises(Unusable, match="at least one governor"):
        flow.hear_by(cast, key)
    with pytest.raises(Unusable, match="works at the school"):
        flow.hear_by(cast, key, "teacher")
    assert readers(cast, key) == before
    offered = head_queries.may_hear(cast.scope("clerk"), flow.year(key))
    assert [each for each, _ in offered] == [people["fourth"]]
    page = cast.client("clerk").get(f"{HERE}{key}/panel").content.decode()
    assert "Who hears the appeal?" in page
    assert "Fourth Joined-Example" in page
    assert "Third Joined-Example" not in page
    flow.hear_by(cast, key, "fourth")
    assert readers(cast, key) == before | {"fourth"}
    assert flow.year(key).members.filter(part=Part.PANEL, ended_on=None).count() == 2


def test_nobody_has_two_parts_at_once(cast: Cast):
    """Who advises is nobody of the panel and does not moderate, also where they hold both posts."""
    governor = cast.people["governor"]
    flow.join(cast, "second")
    Post.objects.create(person=governor, school=cast.school, role=Role.EXTERNAL_ADVISER, starts_on=TODAY)
    others = (cast.people["chair"].pk, cast.people["second"].pk)
    with pytest.raises(Unusable, match="adviser is nobody of the panel"):
        flow.appoint(cast, adviser=governor.pk)
    with pytest.raises(Unusable, match="does not moderate"):
        flow.appoint(cast, panel=others, adviser=governor.pk, moderator=governor.pk)
    assert flow.appoint(cast, panel=others, adviser=governor.pk)


def test_nobody_is_named_to_hear_what_nobody_appeals_against(cast: Cast):
    flow.join(cast, "second")
    key = flow.to_locked(cast)
    with pytest.raises(Refused, match="Nobody appeals"):
        flow.hear_by(cast, key, "second")
    with pytest.raises(Refused, match="recorded by the chair"):
        flow.hear_by(cast, key, "second", by="governor")


def test_a_leader_of_the_trust_appraises_where_the_scheme_says_so(cast: Cast):
    leader = cast.people["trust_leader"].pk
    at_trust = f"/trusts/{everybody.TRUST_UID}/head-appraisal/"
    plain = flow.appoint(cast, starts_in=THIS - 1)
    client = cast.client("trust_leader")
    assert client.get(f"{at_trust}{plain}").status_code == 404
    assert "stand here" in client.get(at_trust).content.decode()
    with pytest.raises(Unusable, match="choose who"):
        flow.appoint(cast, scheme=Scheme.BOTH)
    key = flow.appoint(cast, scheme=Scheme.BOTH, trust=leader)
    flow.aim(cast, key)
    assert "Example Brook Primary" in client.get(at_trust).content.decode()
    assert "Every pupil reads daily" in client.get(f"{at_trust}{key}").content.decode()
    assert client.get(f"{HERE}{key}").status_code == 404
    told = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year, "words": "Seen", "once": str(uuid4())}
    told |= {"head": cast.people["headteacher"].pk, "starts_in": THIS, "confirmed": "on"}
    assert client.post(f"{at_trust}{key}/advice", told).status_code == 302
    page = cast.client("headteacher").get(f"{HERE}{key}").content.decode()
    assert "Noted by Mina Trust-Example" in page
    assert "Mina Trust-Example" in cast.client("governor").get(f"{HERE}{key}").content.decode()
    (event,) = AuditEvent.objects.filter(person_id=leader)
    assert (event.action, event.chain) == ("appraisal.note_said", 0)
    assert f'"school":{cast.school.pk}'.encode() in bytes(event.canonical)


def test_a_leader_of_the_trust_who_works_at_the_school_takes_no_part_in_its_heads_appraisal(cast: Cast):
    """As for governors: through the trust's pages too, and whichever post came first."""
    leader, at_trust = cast.people["trust_leader"], f"/trusts/{everybody.TRUST_UID}/head-appraisal/"
    key = flow.appoint(cast, scheme=Scheme.BOTH, trust=leader.pk)
    flow.aim(cast, key)
    client = cast.client("trust_leader")
    assert client.get(f"{at_trust}{key}").status_code == 200
    Post.objects.create(person=leader, school=cast.school, role=Role.SENIOR_LEADER, starts_on=TODAY)
    assert client.get(f"{at_trust}{key}").status_code == 404
    assert f"{at_trust}{key}" not in client.get(at_trust).content.decode()
    told = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year, "words": "Seen", "once": str(uuid4())}
    told |= {"head": cast.people["headteacher"].pk, "starts_in": THIS, "confirmed": "on"}
    assert client.post(f"{at_trust}{key}/advice", told).status_code == 404
    with pytest.raises(Unusable, match="Choose the leader of the trust from the list"):
        flow.appoint(cast, starts_in=THIS - 1, scheme=Scheme.BOTH, trust=leader.pk)


def test_a_leader_of_the_trust_who_is_named_no_longer_reads_no_more_and_stands_in_the_history(cast: Cast):
    leader, at_trust = cast.people["trust_leader"], f"/trusts/{everybody.TRUST_UID}/head-appraisal/"
    key = flow.appoint(cast, scheme=Scheme.BOTH, trust=leader.pk)
    flow.aim(cast, key)
    assert cast.client("trust_leader").get(f"{at_trust}{key}").status_code == 200
    flow.change(cast, key, scheme=Scheme.PANEL, trust=None)
    assert cast.client("trust_leader").get(f"{at_trust}{key}").status_code == 404
    assert "Mina Trust-Example takes no part any more" in cast.client("headteacher").get(f"{HERE}{key}").text


@pytest.mark.parametrize("persona", ["external_adviser", "governor", "chair"])
def test_whoevers_term_ended_reads_nothing_more_from_that_day(cast: Cast, persona: str):
    key = flow.to_met(cast)
    assert cast.client(persona).get(f"{HERE}{key}").status_code == 200
    Post.objects.filter(person=cast.people[persona]).update(ends_on=TODAY - DAY)
    for page in (f"{HERE}{key}", HERE, f"{HERE}{key}/advice", f"{HERE}{key}/statement"):
        answer = cast.client(persona).get(page)
        assert answer.status_code in {302, 403, 404}
        assert b"Every pupil reads daily" not in answer.content


def test_the_schools_log_which_several_people_export_does_not_tell_of_it(cast: Cast):
    key = flow.to_locked(cast)
    told = AuditEvent.objects.filter(action__startswith="appraisal.")
    assert told.filter(subject=head_queries.source(key)).exists()
    assert set(told.values_list("chain", flat=True)) == {0}


def test_nothing_of_the_content_is_in_the_audit_or_in_evidence(cast: Cast):
    flow.to_locked(cast)
    secret = ("Every pupil reads daily", "A strong year", "I agree", "Two objectives", "On the way", "Learn finance")
    written = "".join(
        [bytes(each.canonical).decode() for each in AuditEvent.objects.all()]
        + [str(each.words) for each in AuditDetail.objects.all()]
        + list(Entry.objects.values_list("words", flat=True))
    )
    assert "appraisal.lock_statement" in written
    assert [words for words in secret if words in written] == []
    entries = Entry.objects.filter(kind="appraisal.head_year").order_by("pk")
    assert [(each.words.split(" for ")[0], each.visibility) for each in entries] == [
        ("The board appointed the headteacher's appraisal panel", "governors"),
        ("The headteacher's objectives were set", "governors"),
        ("The headteacher's appraisal statement was agreed", "governors"),
    ]


def test_parts_follow_from_todays_posts_alone(cast: Cast):
    assert head_rules.parts(cast.scope("chair")) == {Part.PANEL, Part.MODERATOR, Part.APPEAL}
    assert head_rules.parts(cast.scope("external_adviser")) == {Part.ADVISER}
    for name in ("headteacher", "senior_leader", "clerk", "administrator", "data_protection_officer", "teacher"):
        assert head_rules.parts(cast.scope(name)) == frozenset()
