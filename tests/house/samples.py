"""What the persona x URL matrix needs to visit each address: things for it to show, at one school and at the other.

An address of a school with nothing but its URN needs no line here. Any other does: add a line to SAMPLES under the
route's name. `things` is called with the cast and one of its schools and returns the rest of the address; what it
makes must be visible to everybody whom the route's audience and `narrower` let in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import audit, belt
from headship.core import imports as machine
from headship.core.models import ImportBatch
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.core.visibility import Visibility
from headship.evidence.models import Reflection
from headship.outcomes import pupil_plan
from headship.outcomes.models import Intervention, MeetingLine, ProgressMeeting, SharedSums, Target
from headship.outcomes.pupil_brought import Brought
from headship.people import queries as people
from headship.people import roster_actions, roster_plan, rosters, waiting_files
from headship.people.models import ApiToken, Invitation, Person, Post, Relationship
from headship.people.roster_plan import Choices
from headship.privacy.models import Erasure, LegalHold, SubjectRequest
from headship.schools import actions as schools
from headship.schools import imports as importers
from headship.schools.calendar_dates import year_of
from headship.schools.models import School, SchoolDay
from headship.schools.queries import on_disk
from headship.standards import actions as standards
from headship.standards.api import COLLECTIONS
from headship.standards.case import VERSIONS as CASE_VERSIONS
from headship.standards.imports import read as read_framework
from headship.standards.models import Characteristic, Framework
from headship.strategy.models import Decision, Value
from headship.talent.models import LearningNote
from headship.voice import instruments
from headship.voice import queries as surveys
from headship.voice.models import Invitation as Asked
from headship.voice.models import Promise, Survey
from tests.cast import PERSONAS, Cast
from tests.standards.rich import RICH, resource_ids

ALLOWED = frozenset({200, 302, 405})


def nothing(cast: Cast, school: School) -> dict[str, Any]:
    """Say that the address holds nothing but its place."""
    return {}


@dataclass(frozen=True, slots=True)
class Sample:
    """How to visit one address: `things` fill it, `query` follows it.

    `answers` are the statuses its audience gets. `narrower` names the personas whom a rule inside the view refuses
    although the audience admits them, with their status. `shared` says that what it shows belongs to no school (a
    framework's words). `because` gives the reason for anything unusual here.
    """

    things: Callable[[Cast, School], dict[str, Any]] = nothing
    query: str = ""
    answers: frozenset[int] = ALLOWED
    narrower: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False
    because: str = ""


def a_framework(cast: Cast, school: School) -> dict[str, Any]:
    """Load the frameworks that ship, and name one."""
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return {"framework": "nse-2015"}


def a_statement(cast: Cast, school: School) -> dict[str, Any]:
    """Name a statement of a framework."""
    return {**a_framework(cast, school), "code": "1.1"}


def a_download(cast: Cast, school: School) -> dict[str, Any]:
    """Name a framework and a format it is given in."""
    return {**a_framework(cast, school), "form": "moodle"}


def a_resource(collection: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Name a CASE resource of a collection; nothing that ships has subjects, concepts or rubrics."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        if not Framework.objects.filter(uuid=RICH["CFDocument"]["identifier"]).exists():
            now = timezone.now()
            by = installation_scope(now)
            incoming = read_framework("rich.json", json.dumps(RICH).encode(), at=now)
            standards.import_framework(
                by=by, at=now, incoming=standards.keep_incoming(by=by, at=now, incoming=incoming)
            )
        return {"identifier": resource_ids()[COLLECTIONS[collection]]}

    return things


def an_incoming(cast: Cast, school: School) -> dict[str, Any]:
    """Keep a file that waits to be imported."""
    now = timezone.now()
    incoming = read_framework("rich.json", json.dumps(RICH).encode(), at=now)
    return {"incoming": standards.keep_incoming(by=installation_scope(now), at=now, incoming=incoming).pk}


def the_frameworks(cast: Cast, school: School) -> dict[str, Any]:
    """Load the frameworks that ship, for forms that offer characteristics."""
    a_framework(cast, school)
    return {}


def a_head(cast: Cast, school: School) -> Person:
    """Return the headteacher of a school."""
    return cast.people["headteacher" if school == cast.school else "other_headteacher"]


def a_decision(cast: Cast, school: School) -> dict[str, Any]:
    """Note a decision of the headteacher's that staff and governors see."""
    a_framework(cast, school)
    now = timezone.now()
    decision = Decision.objects.create(
        school=school,
        once=uuid4(),
        what="Read every morning",
        decided_on=now.date(),
        decided_by=a_head(cast, school),
        decided_as=Role.HEADTEACHER,
        visibility=Visibility.STAFF,
        noted_at=now,
    )
    return {"decision": decision.pk}


def a_value(cast: Cast, school: School) -> dict[str, Any]:
    """Write down a value."""
    value, _ = Value.objects.get_or_create(school=school, name="Kindness")
    return {"value": value.pk}


def a_target(cast: Cast, school: School) -> dict[str, Any]:
    """Set a target that the headteacher answers for."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    target = Target.objects.create(
        school=school,
        once=uuid4(),
        year=now.year,
        year_group="Year 6",
        subject="maths",
        assessment="Key stage 2 tests",
        kind="standard",
        standard=100,
        aim=20,
        due_on=now.date(),
        owner=head,
        set_by=head,
        set_at=now,
    )
    return {"target": target.pk}


def an_intervention(cast: Cast, school: School) -> dict[str, Any]:
    """Plan an intervention that the headteacher answers for."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    made = Intervention.objects.create(
        school=school,
        once=uuid4(),
        name="Fractions at breakfast",
        subject="maths",
        year_group="Year 6",
        owner=head,
        starts_on=now.date(),
        planned_by=head,
        planned_at=now,
    )
    return {"intervention": made.pk}


def a_meeting(cast: Cast, school: School) -> dict[str, Any]:
    """Note a progress meeting."""
    a_framework(cast, school)
    now, head = timezone.now(), a_head(cast, school)
    made = ProgressMeeting.objects.create(
        school=school, once=uuid4(), held_on=now.date(), term="autumn", noted_by=head, noted_at=now
    )
    made.present.add(head)
    return {"meeting": made.pk}


def a_line(cast: Cast, school: School) -> dict[str, Any]:
    """Note something that is to change, which the headteacher took on."""
    of = a_meeting(cast, school)["meeting"]
    made = MeetingLine.objects.create(
        meeting_id=of, once=uuid4(), what="More", for_whom="Most", owner=a_head(cast, school), due_on=timezone.now()
    )
    return {"line": made.pk}


def shared_sums(cast: Cast, school: School) -> dict[str, Any]:
    """Share sums with the trust."""
    now = timezone.now()
    made = SharedSums.objects.create(
        school=school,
        trust=cast.trust,
        year=2025,
        assessment=f"GCSE {uuid4().hex[:6]}",
        scale="gcse",
        year_group="Year 11",
        by_subject={"maths": [10.0, 1040.0, 50.0, 108250.0, 5210.0, 262.0]},
        made_at=now,
        shared_by=a_head(cast, school),
        shared_at=now,
    )
    return {"shared": made.pk}


def a_year_of_spending(cast: Cast, school: School) -> dict[str, Any]:
    """Name this academic year."""
    a_framework(cast, school)
    return {"year": year_of(timezone.localdate())}


def a_note(cast: Cast, school: School) -> dict[str, Any]:
    """Write a note of learning that the headteacher shows to staff and governors."""
    a_framework(cast, school)
    now = timezone.now()
    note = LearningNote.objects.create(
        school=school,
        once=uuid4(),
        person=a_head(cast, school),
        what="How fractions are taught elsewhere",
        learned_on=now.date(),
        visibility=Visibility.STAFF,
        written_at=now,
    )
    return {"note": note.pk}


def an_import(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep an import of a table in a state; it belongs to no school."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        stands = ImportBatch.objects.filter(chain=0, state="committed", importer="mapped").first()
        if state == "committed" and stands:
            return {"batch": stands.pk}  # only the newest can be undone
        table = f"URN,Name\n{cast.third.urn},Example {uuid4().hex[:6]}\n".encode()
        batch = ImportBatch(chain=0, importer="mapped", file_name="table.csv", state=state, created_at=timezone.now())
        batch.summary, batch.staged = {"headings": ["URN", "Name"]}, table
        if state != "unmapped":
            with on_disk(table) as path:
                found = machine.preview(importers.mapped({"URN": "urn", "Name": "name"}), path, name="table.csv")
            batch.summary, batch.staged = found.summary(), found.blob
        if state == "committed":
            machine.apply(batch.staged)
            batch.committed_at = timezone.now()
        batch.save()
        return {"batch": batch.pk}

    return things


def a_code(cast: Cast, school: School) -> dict[str, Any]:
    """Name a characteristic."""
    a_framework(cast, school)
    return {"code": "1.1"}


def a_reflection(cast: Cast, school: School) -> dict[str, Any]:
    """Write a reflection of the headteacher's."""
    a_framework(cast, school)
    written = Reflection.objects.create(
        school=school,
        person=a_head(cast, school),
        characteristic=Characteristic.objects.get(code="1.1", framework__code="nse-2015"),
        state="noticing",
        visibility=Visibility.PRIVATE,
        written_at=timezone.now(),
    )
    return {"reflection": written.pk}


def a_survey(state: str, *, about: bool = False) -> Callable[[Cast, School], dict[str, Any]]:
    """Make a survey of the headteacher's in a state; or one about them."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        a_framework(cast, school)
        head, today = a_head(cast, school), timezone.localdate()
        asked = instruments.instruments()["headteacher_360" if about else "staff_pulse"]
        made = Survey.objects.create(
            school=school,
            once=uuid4(),
            instrument=asked.code,
            title="How are we?",
            questions=instruments.kept(asked.questions),
            about=head if about else None,
            run_by=head,
            state=state,
            visibility=Visibility.PRIVATE if about else Visibility.STAFF,
            made_on=today,
            closes_on=today,
            closed_on=today if state == "closed" else None,
        )
        return {"survey": made.pk}

    return things


def a_link(cast: Cast, school: School) -> dict[str, Any]:
    """Ask somebody in an open survey, and name the token of their link."""
    survey = a_survey("open")(cast, school)["survey"]
    Asked.objects.create(survey_id=survey, token_hash=surveys.hash_of("token"), sealed_token="")
    return {"token": "token"}


def a_promise(cast: Cast, school: School) -> dict[str, Any]:
    """Promise something about a closed survey."""
    survey, today = a_survey("closed")(cast, school)["survey"], timezone.localdate()
    made = Promise.objects.create(
        school=school,
        survey_id=survey,
        once=uuid4(),
        said="Too many letters",
        doing="Fewer letters",
        owner=a_head(cast, school),
        due_on=today,
        made_on=today,
    )
    return {"promise": made.pk}


RUN = ("senior_leader", "middle_leader", "safeguarding_lead", "business_manager", "chair")
NOT_ITS_RUNNER = dict.fromkeys(RUN, 404)
ITS_RUNNER = "a survey being prepared, and feedback on a person, are known to whoever runs it alone"

SAME_CODES = "the codes of the standards are the same at every school"

HEADS = ("headteacher", "other_headteacher")
NOT_ITS_WRITER = {persona: 403 for persona in PERSONAS if persona not in HEADS}
THEIR_OWN = "only its writer may, and in these samples that is the headteacher"


def a_day(cast: Cast, school: School) -> dict[str, Any]:
    """Put an event on a school's calendar."""
    day = SchoolDay.objects.create(
        school=school, on=date(2026, 12, 1), until=date(2026, 12, 1), words="Fair", kind="event"
    )
    return {"day": day.pk}


def a_calendar_address(cast: Cast, school: School) -> dict[str, Any]:
    """Make the headteacher's private calendar address."""
    return {"token": schools.make_feed(by=cast.scope("headteacher"), at=timezone.now())}


def a_post(persona: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Name the post of a persona, or of their like at the other school."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        whose = persona if school == cast.school else f"other_{persona}"
        return {"post": Post.objects.get(person=cast.people[whose], school=school).pk}

    return things


def _invitation(cast: Cast, school: School, **more: Any) -> Invitation:
    now = timezone.now()
    said = {"name": "Uma New-Example", "email": "uma@people.example", "role": "teacher", "starts_on": now.date()}
    by = cast.people["headteacher"]
    return Invitation.objects.create(
        school=school, invited_by=by, invited_at=now, expires_at=now + timedelta(days=14), **said, **more
    )


def an_invitation(cast: Cast, school: School) -> dict[str, Any]:
    """Invite a teacher."""
    return {"invitation": _invitation(cast, school, token_hash="0").pk}


def a_letter(cast: Cast, school: School) -> dict[str, Any]:
    """Name the address in an invitation's letter."""
    _invitation(cast, school, token_hash=people.hash_of("token"))
    return {"token": "token"}


def a_relationship(cast: Cast, school: School) -> dict[str, Any]:
    """Name a coach."""
    mine = school == cast.school
    pair = ("senior_leader", "teacher") if mine else ("other_headteacher", "other_teacher")
    holder, about = (cast.people[who] for who in pair)
    tie = Relationship.objects.create(
        school=school, kind="coach", holder=holder, about=about, starts_on=timezone.localdate()
    )
    return {"relationship": tie.pk}


def a_failed_task(cast: Cast, school: School) -> dict[str, Any]:
    """Keep a task that failed; it belongs to no school."""
    task = DBTaskResult.objects.create(
        task_path="headship.gone", args_kwargs={"args": [], "kwargs": {}}, status="FAILED", backend_name="default"
    )
    return {"task": task.pk}


def a_token(cast: Cast, school: School) -> dict[str, Any]:
    """Make the headteacher's token."""
    cast.token("headteacher")
    return {"token": ApiToken.objects.latest("pk").pk}


def only(*personas: str) -> dict[str, int]:
    """Say that a rule inside the view refuses everybody but these, and the other school's head at theirs."""
    there = {"other_headteacher"} if "headteacher" in personas else set()
    return dict.fromkeys(set(PERSONAS) - set(personas) - there, 403)


KEEPERS = only("headteacher", "senior_leader", "office", "administrator")
NOT_A_SETTER = only("headteacher", "senior_leader", "middle_leader")
NO_PASSWORD = Sample(answers=frozenset({403}), because="the cast's accounts have no password to give again")
NO_SECOND_STEP = Sample(answers=frozenset({404}), because="the cast's second step is only said to be done")
NO_PROVIDER = Sample(
    lambda cast, school: {"provider_id": "school"}, answers=frozenset({404}), because="no provider is set up in tests"
)


def a_step(cast: Cast, school: School) -> dict[str, Any]:
    """Name a step of set-up."""
    return {"step": "terms"}


def a_colleague(cast: Cast, school: School) -> Person:
    """Return a teacher of a school."""
    return cast.people["teacher" if school == cast.school else "other_teacher"]


def a_request(cast: Cast, school: School) -> dict[str, Any]:
    """Note that a teacher asked what is held about them."""
    now = timezone.now()
    asked = SubjectRequest.objects.create(
        school=school,
        person=a_colleague(cast, school),
        asks="access",
        received_on=now.date(),
        due_on=now.date() + timedelta(days=30),
        state="open",
        noted_by=a_head(cast, school),
        noted_at=now,
    )
    return {"asked": asked.pk}


def a_hold(cast: Cast, school: School) -> dict[str, Any]:
    """Place a hold on a teacher's data."""
    held = LegalHold.objects.create(
        school=school,
        person=a_colleague(cast, school),
        why="A claim",
        placed_by=a_head(cast, school),
        placed_at=timezone.now(),
    )
    return {"hold": held.pk}


def an_erasure(cast: Cast, school: School) -> dict[str, Any]:
    """Prepare what is due at a school."""
    erasure = Erasure.objects.create(school=school, prepared_at=timezone.now(), fingerprint="", stage="prepared")
    return {"erasure": erasure.pk}


CLOSED = Sample(answers=frozenset({404}), because="set-up is gone once anybody has an account")

BRINGERS = only("headteacher", "senior_leader", "office")
HEADINGS = ["Staff Code", "Forename", "Surname"]
UNREAD = f"{','.join(HEADINGS)}\nT1,Vera,Listed-Example\n".encode()


def a_list(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep a list of one teacher in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        member = rosters.Member("T1", "Vera Listed-Example", "", "Teacher", "", "", "", gone=False, org="", row=2)
        roster = rosters.Roster("A table", (member,))
        choices = Choices({"Teacher": "teacher"}, "", end_missing=False)
        told = {"source": "A table", "staff": 1, "pupils": 0, "choices": asdict(choices), "headings": HEADINGS}
        by = cast.scope("headteacher" if school == cast.school else "other_headteacher")
        with belt.within(by):
            digest = roster_actions.digest_of(roster_plan.plan(by, roster, choices))
        batch = ImportBatch.objects.create(
            chain=school.pk,
            importer="people.roster",
            file_name="staff.csv",
            fingerprint="",
            state=state,
            created_at=timezone.now(),
            summary={**told, "digest": digest},
            staged=UNREAD if state == "unmapped" else roster.packed(),
        )
        return {"roster": batch.pk}

    return things


def a_pupil_file(state: str) -> Callable[[Cast, School], dict[str, Any]]:
    """Keep a file of one pupil in a state."""

    def things(cast: Cast, school: School) -> dict[str, Any]:
        brought = Brought("A table", 2025, {"a" * 64: {"sex": "female"}})
        by = cast.scope("headteacher" if school == cast.school else "other_headteacher")
        with belt.within(by):
            digest = pupil_plan.digest_of(pupil_plan.plan(by, brought).packed())
        asked = {"year": 2025, "name": "", "scale": "", "taken_on": "", "words": {}}
        told = {
            "year": 2025,
            "pupils": 1,
            "sat": [],
            "left_out": {},
            "digest": digest,
            "asked": asked,
        }
        batch = ImportBatch.objects.create(
            chain=school.pk,
            importer="outcomes.pupils",
            file_name="pupils.csv",
            fingerprint="",
            state=state,
            created_at=timezone.now(),
            summary={**told, "headings": ["UPN", "Sex"], "mapping": {"UPN": "upn", "Sex": "sex"}},
            staged=waiting_files.seal(b"UPN,Sex")[0] if state in {"unmapped", "unworded"} else brought.packed(),
        )
        return {"file": batch.pk}

    return things


def something_done(cast: Cast, school: School) -> dict[str, Any]:
    """Let the log of a school hold an event."""
    with transaction.atomic():
        audit.append(audit.Draft(school.pk, timezone.now(), "tests.did", None, "tests.Thing:1"))
    return {}


SAMPLES: dict[str, Sample] = {
    "answer": Sample(a_link),
    "survey": Sample(a_survey("closed")),
    "survey-prepare": Sample(
        lambda cast, school: {"instrument": "staff_pulse"},
        narrower=dict.fromkeys(("middle_leader", "safeguarding_lead", "business_manager"), 403),
        shared=True,
        because="what is asked is the same at every school; the last three ask for feedback on themselves alone",
    ),
    "survey-change": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-people": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-codes-make": Sample(a_survey("draft"), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "survey-codes": Sample(a_survey("open"), narrower=dict.fromkeys(RUN, 403), because="only who runs it prints codes"),
    "survey-preview": Sample(a_survey("open")),
    "survey-open": Sample(a_survey("draft")),
    "survey-remind": Sample(a_survey("open")),
    "survey-close": Sample(a_survey("open")),
    "survey-drop": Sample(a_survey("draft")),
    "survey-own": Sample(a_survey("open", about=True), narrower=NOT_ITS_RUNNER, because=ITS_RUNNER),
    "promise-make": Sample(a_survey("closed")),
    "promise": Sample(a_promise),
    "audit-checkpoint": Sample(something_done),
    "held-about-me-ask": Sample(
        narrower={"trust_leader": 403, "operator": 403}, because="they never held a post at a school: none to ask"
    ),
    "pupil-file": Sample(a_pupil_file("previewed")),
    "pupil-columns": Sample(a_pupil_file("unmapped")),
    "pupil-words": Sample(a_pupil_file("unworded")),
    "pupil-take": Sample(a_pupil_file("previewed")),
    "pupil-undo": Sample(a_pupil_file("previewed")),
    "rosters": Sample(narrower=BRINGERS),
    "roster-letters": Sample(narrower=BRINGERS),
    "roster": Sample(a_list("previewed"), narrower=BRINGERS),
    "roster-columns": Sample(a_list("unmapped"), narrower=BRINGERS),
    "roster-posts": Sample(a_list("unchosen"), narrower=BRINGERS),
    "roster-take": Sample(a_list("previewed")),
    "roster-undo": Sample(a_list("committed")),
    "demonstration": Sample(answers=frozenset({404}), because="nobody reaches it outside the demonstration"),
    "import": Sample(an_import("committed"), shared=True, because="the register belongs to no school"),
    "import-columns": Sample(an_import("unmapped"), shared=True, because="the register belongs to no school"),
    "import-commit": Sample(an_import("previewed"), shared=True, because="the register belongs to no school"),
    "import-undo": Sample(an_import("committed"), shared=True, because="the register belongs to no school"),
    "work-again": Sample(a_failed_task, shared=True, because="work in the background belongs to no school"),
    "metrics": Sample(answers=frozenset({200, 404}), because="only this machine reads it, and tests are this machine"),
    "set-up": CLOSED,
    "set-up-code": CLOSED,
    "set-up-register": CLOSED,
    "set-up-register-check": CLOSED,
    "set-up-by-hand": CLOSED,
    "set-up-school": CLOSED,
    "set-up-account": CLOSED,
    "set-up-skip": Sample(a_step, shared=True, because="a step of set-up is no thing of a school"),
    "privacy-request": Sample(a_request),
    "privacy-passages": Sample(a_request),
    "privacy-file": Sample(a_request),
    "privacy-close": Sample(a_request),
    "privacy-document": Sample(
        lambda cast, school: {"document": "notice-staff"}, shared=True, because="every school has the same documents"
    ),
    "privacy-document-file": Sample(
        lambda cast, school: {"document": "notice-staff"}, shared=True, because="every school has the same documents"
    ),
    "keeping-time": Sample(
        lambda cast, school: {"model": "strategy.Decision"}, shared=True, because="every school keeps the same kinds"
    ),
    "hold-lift": Sample(a_hold),
    "erasure": Sample(an_erasure),
    "profile": Sample(the_frameworks),
    "characteristic": Sample(a_code, shared=True, because=SAME_CODES),
    "reflect": Sample(a_code, shared=True, because=SAME_CODES),
    "evidence-note": Sample(a_code, shared=True, because=SAME_CODES),
    "method": Sample(lambda cast, school: {"method": "published-absence"}, shared=True, because="methods are public"),
    "reflection-share": Sample(a_reflection),
    "decision-note": Sample(the_frameworks),
    "decision": Sample(a_decision),
    "decision-change": Sample(a_decision, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "decision-withdraw": Sample(a_decision, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "target": Sample(a_target),
    "target-document": Sample(a_target),
    "target-change": Sample(a_target),
    "target-review": Sample(a_target, narrower=NOT_A_SETTER, because="who answers for it, and those who set targets"),
    "target-withdraw": Sample(a_target),
    "intervention": Sample(an_intervention),
    "intervention-document": Sample(an_intervention),
    "intervention-change": Sample(an_intervention),
    "intervention-review": Sample(
        an_intervention, narrower=NOT_A_SETTER, because="who answers for it, and those who keep interventions"
    ),
    "intervention-withdraw": Sample(an_intervention),
    "meeting": Sample(a_meeting),
    "meeting-document": Sample(a_meeting),
    "meeting-change": Sample(a_meeting),
    "meeting-agree": Sample(a_meeting),
    "meeting-line": Sample(a_line),
    "meeting-close": Sample(a_line, narrower=NOT_A_SETTER, because="who took it on, and those who note meetings"),
    "value-added-standing": Sample(shared_sums),
    "value-added-standing-document": Sample(shared_sums),
    "spend-edit": Sample(a_year_of_spending, shared=True, because="every school has the same years"),
    "value-change": Sample(a_value),
    "value-retire": Sample(a_value),
    "learning-write": Sample(the_frameworks),
    "learning-note": Sample(a_note),
    "learning-change": Sample(a_note, narrower=NOT_ITS_WRITER, because=THEIR_OWN),
    "learning-withdraw": Sample(a_note),
    "calendar-day-remove": Sample(a_day),
    "facts-subject": Sample(
        lambda cast, school: {"subject": "attainment"}, shared=True, because="every school has the same subjects"
    ),
    "published-part": Sample(
        lambda cast, school: {"part": "spending"}, shared=True, because="every school has the same parts"
    ),
    "calendar-file": Sample(a_calendar_address, because="whoever holds the address reads it as its owner"),
    "framework": Sample(a_framework, shared=True, because="a framework's words are public"),
    "framework-statement": Sample(a_statement, shared=True, because="a framework's words are public"),
    "framework-download": Sample(a_download, shared=True, because="a framework's words are public"),
    "framework-import-check": Sample(an_incoming, shared=True, because="a framework belongs to no school"),
    "framework-remove": Sample(a_framework, shared=True, because="a framework belongs to no school"),
    **{
        f"case-{version}-{collection}": Sample(
            a_resource(collection), shared=True, because="a framework's words are public"
        )
        for version in CASE_VERSIONS
        for collection in COLLECTIONS
    },
    **{f"case-{version}-all-CFDocuments": Sample(the_frameworks) for version in CASE_VERSIONS},
    "api-area": Sample(lambda cast, school: {"area": "strategy"}, shared=True, because="the documentation is public"),
    "device-end": Sample(
        lambda cast, school: {"mark": "0" * 32},
        answers=frozenset({302}),
        shared=True,
        because="only POST ends one, of one's own; tests/people/test_devices.py",
    ),
    "token-revoke": Sample(
        a_token, answers=frozenset({302}), shared=True, because="only POST ends one; tests/people/test_tokens.py"
    ),
    "account_reset_password_from_key": Sample(lambda cast, school: {"uidb36": "1", "key": "set-password"}),
    "account_reauthenticate": NO_PASSWORD,
    "mfa_reauthenticate": NO_PASSWORD,
    "mfa_reauthenticate_webauthn": NO_PASSWORD,
    "mfa_deactivate_totp": NO_SECOND_STEP,
    "mfa_view_recovery_codes": NO_SECOND_STEP,
    "mfa_remove_webauthn": Sample(
        lambda cast, school: {"pk": 1}, answers=frozenset({404}), because="nobody sees another's passkey"
    ),
    "openid_connect_login": NO_PROVIDER,
    "openid_connect_callback": NO_PROVIDER,
    "socialaccount_login_error": Sample(answers=frozenset({401}), because="allauth answers a failed sign-in so"),
    "invitation": Sample(a_letter),
    "people-invite": Sample(narrower=only("headteacher", "senior_leader", "office", "chair", "clerk")),
    "people-post": Sample(a_post("headteacher"), narrower={"external_adviser": 403, "authority_leader": 403}),
    "people-end-post": Sample(a_post("teacher"), narrower=KEEPERS),
    "people-change-role": Sample(a_post("teacher"), narrower=only("headteacher", "senior_leader", "office")),
    "people-letter": Sample(an_invitation, narrower=KEEPERS),
    "people-renew": Sample(an_invitation, narrower=KEEPERS),
    "people-withdraw": Sample(an_invitation, narrower=KEEPERS),
    "relationship-start": Sample(narrower=only("headteacher", "senior_leader", "chair")),
    "relationship-end": Sample(a_relationship, narrower=only("headteacher", "senior_leader")),
}
