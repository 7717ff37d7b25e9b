"""Row b: a canary in every sensitive field of every model, then looked for wherever somebody can read anything.

Who may see a canary is written down here by hand, beside the product's own rules: a fault there is seen here. The
control lets everybody in as a headteacher; the same search must then find leaks, or it finds nothing at all.
"""

import io
import logging
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from assurance.figures import Figure
from assurance.matrix import database

OWNER = frozenset({"teacher"})
STAFF = OWNER | {"headteacher", "senior_leader", "safeguarding_lead", "business_manager", "middle_leader",
                 "support_staff", "office", "two_schools"}  # fmt: skip
BOARD = frozenset({"chair", "governor", "clerk"})
LEADERS = frozenset({"headteacher", "senior_leader", "safeguarding_lead", "business_manager"})
HANDLERS = frozenset({"headteacher", "data_protection_officer"})
NAMES = STAFF | {"administrator", "data_protection_officer"}
LETTERS = frozenset({"headteacher", "senior_leader", "office", "administrator", "chair", "clerk"})
AT_SCHOOL = NAMES | BOARD | {"external_adviser", "authority_leader"}
NOBODY: frozenset[str] = frozenset()

# Who may see what is planted about the teacher at their school. A field's own line goes before its model's.
MAY_SEE: dict[str, frozenset[str]] = {
    "people.Person.name": AT_SCHOOL - {"external_adviser", "authority_leader"},  # governors: as who decided
    "people.Person.email": LETTERS | HANDLERS | OWNER,
    "people.Account.password": NOBODY,
    "people.Post": NAMES,
    "people.Relationship": OWNER | HANDLERS | {"senior_leader"},
    "people.ApiToken.token_hash": NOBODY,
    "people.ApiToken": OWNER,
    "people.RosterKey": OWNER | HANDLERS,
    "people.Pupil.key_hash": NOBODY,
    "people.Pupil": frozenset({"headteacher", "senior_leader", "office"}),  # who bring lists in: counts by year group
    "outcomes.PupilYear.year_group": STAFF
    | BOARD
    | {"authority_leader"},  # that there is one: figures of it are hidden
    "outcomes.PupilYear": NOBODY,
    "outcomes.PupilName": NOBODY,
    "outcomes.Target": STAFF | BOARD | {"authority_leader", "data_protection_officer"},
    "outcomes.TargetChange": STAFF | BOARD | {"authority_leader", "data_protection_officer"},
    "outcomes.Intervention": STAFF | BOARD | {"authority_leader", "data_protection_officer"},
    "outcomes.ProgressMeeting": STAFF | BOARD | {"data_protection_officer"},
    "outcomes.MeetingLine": STAFF | BOARD | {"data_protection_officer"},
    "outcomes.SpendLine": STAFF | BOARD | {"data_protection_officer"},
    "outcomes.VisibleContact": OWNER | HANDLERS,  # and staff and governors of schools like it: test_contacts.py
    "voice.Invitation": NOBODY,
    "voice.Sheet": NOBODY,
    "voice.Comment": STAFF | BOARD,
    "voice.FeedbackShare": OWNER | {"headteacher"},  # its reader, and whom it is about
    # Who answers it, who leads it, and in the file of a request; of one about the head: tests/voice/test_complaints.py
    "voice.Complaint.said": OWNER | HANDLERS,
    "voice.Complaint": OWNER | {"headteacher"},
    "voice.ComplaintStep": OWNER | HANDLERS,
    "voice.Lesson": OWNER | HANDLERS,
    "voice.Compliment.from_contact": NOBODY,
    "voice.Compliment.from_name": OWNER | {"headteacher"},
    "voice.Compliment": OWNER | HANDLERS,
    "people.Invitation.token_hash": NOBODY,
    "people.Invitation": LETTERS | HANDLERS | OWNER,
    "schools.CalendarFeed.token_hash": NOBODY,
    "schools.SchoolDay": AT_SCHOOL,
    "strategy.Decision": STAFF | BOARD | {"data_protection_officer"},  # the officer: in the file of a request
    "strategy.DecisionChange": STAFF | BOARD | {"data_protection_officer"},
    "strategy.LookBack": STAFF | BOARD | {"data_protection_officer"},
    "strategy.ReviewedDecision": OWNER | HANDLERS,  # both sides, the headteacher, and in the file of a request
    "strategy.PlannedAction": STAFF | BOARD | {"data_protection_officer"},
    "equality.Check": STAFF | BOARD | {"data_protection_officer"},
    "equality.SaidOfSelf": OWNER,
    "strategy.Minute": STAFF | BOARD | {"data_protection_officer"},
    "policies.DutyAction": STAFF | BOARD | {"data_protection_officer"},
    "policies.Acknowledgement": OWNER | HANDLERS,
    "improvement.BetReading": STAFF | BOARD | {"data_protection_officer"},
    "improvement.BetDecision": STAFF | BOARD | {"data_protection_officer"},
    "improvement.HorizonReading": STAFF | BOARD | {"data_protection_officer"},
    "improvement.HabitReview": STAFF | BOARD | {"data_protection_officer"},
    # Leaders and governors; and the teacher, who wrote it, in their own file
    "improvement.ReadinessNote": OWNER | BOARD | HANDLERS | {"senior_leader", "safeguarding_lead", "business_manager"},
    # What all staff and governors read of the school's plans, policies and rights, and of their history.
    **{
        each: STAFF | BOARD | {"data_protection_officer"}
        for each in (
            "strategy.Value",
            "strategy.VisionChange",
            "strategy.Approval",
            "strategy.Plan",
            "strategy.PlanChange",
            "strategy.Priority",
            "strategy.Objective",
            "strategy.Measured",
            "strategy.Milestone",
            "strategy.AreaVersion",
            "strategy.Right",
            "strategy.Team",
            "policies.Policy",
            "policies.PolicyVersion",
            "policies.PolicyApproval",
            "policies.PolicyChange",
            "policies.Duty",
            "equality.Aim",
            "equality.AimReading",
            "equality.AimReview",
            "equality.AimChange",
            "improvement.Bet",
            "improvement.HorizonItem",
            "improvement.Habit",
            "workload.YearChange",
            "workload.Slot",
        )
    },
    "workload.Demand": STAFF | BOARD | {"data_protection_officer"},
    "workload.DemandChange": STAFF | BOARD | {"data_protection_officer"},
    # Those who see everybody's directed time, and whoever it is about.
    "workload.Working": OWNER | HANDLERS | {"senior_leader", "business_manager"},
    "workload.StatementRead": OWNER | HANDLERS,
    "appraisal.SupportLine": OWNER | HANDLERS,  # who leads it, and in the file of a request
    # Whose it is, who appraises them (here the middle leader), and the headteacher; in no file somebody else compiles.
    "appraisal.ExcellentPractice": STAFF | {"data_protection_officer"},  # agreed to; and in the file of a request
    **{
        f"appraisal.Staff{each}": OWNER | {"middle_leader", "headteacher"}
        for each in ("Objective", "Reflection", "Statement", "Rating", "Copy", "Change", "Moderation", "Appeal")
    },
    # A headteacher's appraisal: theirs in their own file, and whoever sits on the panel of that year.
    **{
        f"appraisal.Head{each}": OWNER | {"governor"}
        for each in ("Objective", "Note", "Reflection", "Evidence", "Statement", "Copy", "Appeal")
    },
    # What is not given, shown or published yet.
    "appraisal.StaffStatement:draft.comments": OWNER | {"headteacher"},  # who appraises there
    "appraisal.StaffStatement:draft.halfway": OWNER | {"headteacher"},
    "appraisal.StaffStatement:draft": frozenset({"headteacher"}),
    "appraisal.StaffRating:draft": frozenset({"headteacher"}),
    "appraisal.StaffObjective:draft.assessment": frozenset({"headteacher"}),
    "appraisal.StaffObjective:draft": OWNER | {"headteacher"},
    "appraisal.StaffReflection:draft": OWNER,
    "appraisal.HeadStatement:draft.comments": OWNER | {"governor"},
    "appraisal.HeadStatement:draft": frozenset({"governor"}),
    "appraisal.HeadReflection:draft": OWNER,
    "strategy.Vision:draft": LEADERS | BOARD,
    "policies.Policy:draft": STAFF | BOARD | {"data_protection_officer"},
    "policies.PolicyVersion:draft": LEADERS | BOARD | OWNER,
    "equality.Aim:draft": LEADERS | BOARD | OWNER | {"data_protection_officer"},
    "strategy.Decision:leaders": LEADERS | OWNER | {"data_protection_officer"},
    "strategy.Decision:governors": LEADERS | BOARD | OWNER | {"data_protection_officer"},
    "talent.LearningNote": OWNER,
    "talent.Goal": OWNER,
    "evidence.Entry": OWNER,
    "evidence.Reflection": OWNER,
    "privacy.SubjectRequest": OWNER | HANDLERS,
    "privacy.Passage.decided_at": frozenset({"headteacher"}),  # who read it, in their own file
    "privacy.Passage": NOBODY,
    "privacy.LegalHold.why": HANDLERS | {"business_manager"},
    "privacy.LegalHold": OWNER | HANDLERS | {"business_manager"},
    "core.AuditDetail.words": HANDLERS,
    "core.AuditDetail.salt": NOBODY,
    "core.ImportBatch.staged": NOBODY,
}
# Sensitive fields that hold no canary, each with the reason.
NO_CANARY = {
    "appraisal.StaffCycle": "one key",
    "appraisal.StaffYear": "two keys",
    "appraisal.StaffHearer": "one key",
    "appraisal.HeadYear": "two keys",
    "appraisal.HeadMember": "one key",
    "appraisal.HeadChange": "one key",
    "appraisal.OwnRule": "one key",
    "core.AuditEvent": "keys and plain facts, written by actions; the audit's own proof reads every byte of it",
    "people.Account": "one of them holds the canary of its password; its other fields are flags and moments of sign-in",
    "people.Pupil": "no key to anybody: the proof plants its two words below",
    "outcomes.Scores": "numbers by subject: one pupil's own, which the proof looks for in no figure",
    "outcomes.NamesKept": "a key",
    "outcomes.SharedSums": "a key, beside sums over ten pupils or more",
    "outcomes.InterventionPupil": "two keys",
    "voice.Survey": "keys, and steps by question: tests/voice/test_surveys.py shows that nobody else knows of it",
    "voice.Promise": "one key",
    "appraisal.Expectation": "one key",
    "appraisal.Support": "keys alone",
    "strategy.TeamMember": "one key",
    "strategy.Review": "keys",
    "policies.PolicyReview": "one key",
    "equality.StatementChange": "one key",
    "equality.FairnessRelease": "one key",
    "equality.FairnessCounted": "no key to anybody, and nothing that anybody said: tests/equality/test_about_you.py",
    "equality.CheckChange": "one key",
    "voice.ComplaintReader": "a key, and why",
    "workload.SlotFor": "one key",
    "strategy.Vision": "words for everybody, published: tests/strategy/test_vision.py reads them and its drafts",
    "strategy.PlanWords": "words for everybody, published: tests/strategy/test_plan.py",
    "equality.Statement": "objectives as published with it: tests/equality/test_information.py",
    "equality.Finding": "words that stand with their check: tests/equality/test_checks.py reads who sees them",
    "evidence.EntryShare": "two keys and nothing else",
    "evidence.Tally": "counts by a key",
    "project.SetUp": "one key",
    "privacy.KeepingTime": "one key",
    "privacy.Erasure": "keys",
    "governance.CheckpointReader": "keys, and when a mail went out",
}
KEYS = {
    "bet": "improvement.Bet", "item": "improvement.HorizonItem", "habit": "improvement.Habit",
    "year": "appraisal.HeadYear", "appraised": "appraisal.StaffYear",
    "practice": "appraisal.ExcellentPractice", "cycle": "appraisal.StaffCycle",
    "appeal": "appraisal.StaffAppeal",
    "planned": "strategy.PlannedAction", "plan": "strategy.Plan",
    "demand": "workload.Demand",
    "change": "policies.PolicyChange", "policy": "policies.Policy", "text": "policies.PolicyVersion",
    "decision": "strategy.Decision", "note": "talent.LearningNote", "goal": "talent.Goal", "post": "people.Post",
    "invitation": "people.Invitation", "relationship": "people.Relationship", "asked": "privacy.SubjectRequest",
    "hold": "privacy.LegalHold", "reflection": "evidence.Reflection", "day": "schools.SchoolDay",
    "review": "strategy.Review", "vision": "strategy.Vision", "value": "strategy.Value",
    "priority": "strategy.Priority", "objective": "strategy.Objective", "milestone": "strategy.Milestone",
    "responsibility": "strategy.Area", "team": "strategy.Team", "look": "strategy.LookBack",
    "duty": "policies.Duty", "doing": "policies.DutyAction", "approval": "policies.PolicyApproval",
    "aim": "equality.Aim", "statement": "equality.Statement",
    "batch": "core.ImportBatch", "target": "outcomes.Target",
    "intervention": "outcomes.Intervention", "meeting": "outcomes.ProgressMeeting", "line": "outcomes.MeetingLine",
    "survey": "voice.Survey", "promise": "voice.Promise", "share": "voice.FeedbackShare",
    "complaint": "voice.Complaint", "lesson": "voice.Lesson",
    "compliment": "voice.Compliment", "check": "equality.Check",
    "expectation": "appraisal.Expectation", "support": "appraisal.Support", "written": "appraisal.SupportLine",
}  # fmt: skip
# Addresses of two keys: the model whose planted rows they are asked for, and how a row leads to the other key.
PAIRS = {
    ("copy", "year"): ("appraisal.HeadCopy", "year_id"),
    ("objective", "year"): ("appraisal.HeadObjective", "year_id"),
    ("shown", "year"): ("appraisal.HeadEvidence", "year_id"),
    ("copy", "appraised"): ("appraisal.StaffCopy", "year_id"),
    ("aim", "appraised"): ("appraisal.StaffObjective", "year_id"),
    ("approval", "plan"): ("strategy.Approval", "plan_id"),
    ("share", "survey"): ("voice.FeedbackShare", "survey_id"),
}
STRANGERS = ("other_headteacher", "governor")  # who must not see most of it, in the control
# Whoever holds this address reads it as its owner, so that asking for it says nothing about the asker.
READ_AS_OTHERS = {"calendar-file"}
SHORT = ("teacher", "headteacher", "data_protection_officer", "governor", "other_headteacher")


@dataclass(slots=True)
class Searched:
    """What was searched and what was found: who saw which canary where, allowed or not."""

    canaries: dict[str, frozenset[str]] = field(default_factory=dict)  # the words, and who may see them
    places: int = 0
    leaks: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def read(self, persona: str, where: str, text: str) -> None:
        """Look for every canary in something that a persona was given."""
        self.places += 1
        for words, allowed in self.canaries.items():
            if stands_in(words, text):
                if persona in allowed:
                    self.seen.add(words)
                else:
                    self.leaks.add(f"{persona} read {words!r} at {where}")

    @property
    def unseen(self) -> list[str]:
        """Canaries that somebody may see and nobody did."""
        return sorted(words for words, allowed in self.canaries.items() if allowed and words not in self.seen)


def stands_in(words: str, text: str) -> bool:
    """Whether a canary stands in a text; one of figures only as a number of its own, not within another.

    >>> stands_in("7310018", "kept 7310018 times"), stands_in("7310018", "1.7310018e+09"), stands_in("ab", "cabs")
    (True, False, True)
    """
    if words not in text:
        return False
    return not words.isdecimal() or re.search(rf"(?<![\d.]){words}(?!\d)", text) is not None


def allowed(model: str, name: str) -> frozenset[str]:
    """Return who may see a field of a planted row. Errors: KeyError where nobody said."""
    return MAY_SEE[f"{model}.{name}"] if f"{model}.{name}" in MAY_SEE else MAY_SEE[model]


def measure(*, short: bool) -> Figure:
    """Search everything as everybody, then with the control's broken lock."""
    from django.test import override_settings

    started = time.monotonic()
    with database():
        found = search(short=short)
        with override_settings(HEADSHIP_SCOPE_FOR="assurance.matrix.careless_scope"):
            control = search(short=True, personas=STRANGERS)
    for each in (*sorted(found.leaks), *(f"nobody allowed saw {words!r}" for words in found.unseen)):
        print(each)
    guarded = [words for words, who in found.canaries.items() if who]
    return Figure(
        row="b",
        figure=f"{len(found.canaries)} canaries in {found.places} bodies, downloads, headers, letters and log lines: "
        f"{len(found.leaks)} where forbidden; {len(guarded) - len(found.unseen)} of the {len(guarded)} that somebody "
        "may see were seen by them",
        target="0 where forbidden; each seen by someone allowed",
        held=not short and not found.leaks and not found.unseen and bool(control.leaks),
        control=f"everybody let in everywhere: {len(control.leaks)} leaks found in {control.places} places",
        seed=0,
        count=found.places,
        seconds=round(time.monotonic() - started, 1),
    )


def search(*, short: bool, personas: Sequence[str] = ()) -> Searched:
    """Plant, visit every address as everybody, and read all that came back. Nothing stays in the database."""
    from django.core import mail
    from django.db import transaction

    from tests import cast as everybody
    from tests.house.matrix import EVERYBODY, addresses

    found = Searched()
    mail.outbox = []
    with transaction.atomic(), ExitStack() as stack:
        lines = stack.enter_context(logged())
        cast = everybody.build()
        found.canaries = planted(cast)
        for address in (each for each in addresses() if each.name not in READ_AS_OTHERS):
            for place in ("own",) if short else ("own", "other"):
                with transaction.atomic():  # what samples make stays apart
                    for url in urls_of(cast, address, place):
                        for persona in personas or (SHORT if short else EVERYBODY):
                            visit(found, cast, persona, address.name, url)
                    transaction.set_rollback(True)
        transaction.set_rollback(True)
    for message in mail.outbox:  # nobody is written to about the teacher: whoever gets a letter reads it
        found.read("somebody written to", "a letter", f"{message.subject} {message.body}")
    for line in lines:
        found.read("whoever reads the server's log", "the log", line)
    return found


def planted(cast: Any) -> dict[str, frozenset[str]]:
    """Plant a canary in every sensitive field about the teacher; return each one's words with who may see them."""
    from django.apps import apps
    from django.utils import timezone

    from headship.core.scope import installation_scope
    from headship.standards import actions as standards
    from tests.privacy import planted as rows

    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    teacher, account = cast.people["teacher"], cast.accounts["teacher"]
    teacher.email = account.email = "canary-mail@canary.example"  # the cast's own is part of another's address
    account.password = "canary-password"
    teacher.save()
    account.save()
    made = [each for each in rows.plant(cast) if each.whose == rows.HERS]
    made += _planted_besides(cast, rows)
    apps.get_model("people.Invitation").objects.update(accepted_at=None, withdrawn_at=None)
    gone = {("people.Invitation", "accepted_at"), ("people.Invitation", "withdrawn_at")}
    return {each.words: allowed(each.model, each.field) for each in made if (each.model, each.field) not in gone}


def _planted_besides(cast: Any, rows: Any) -> list[Any]:
    """Plant what belongs to no one person: a date on the calendar, a pupil, and a password nobody may ever read."""
    from datetime import timedelta

    from django.apps import apps
    from django.utils import timezone

    today = timezone.localdate()
    planter = rows.Planter(cast, cast.school)
    planter.days = 400  # days of their own
    days, pupils = apps.get_model("schools.SchoolDay"), apps.get_model("people.Pupil")
    planter.row(days, rows.HERS, school=cast.school, on=today, until=today + timedelta(days=1), kind="event")
    pupil = planter.row(pupils, rows.HERS, school=cast.school, since=today, left_on=None)
    _plant_results(planter, pupil, rows.HERS)
    _plant_answers(planter, rows.HERS)
    return [
        *planter.canaries,
        *rows.plant_drafts(cast),
        rows.Canary("people.Account", "password", rows.HERS, "canary-password"),
    ]


def _plant_results(planter: Any, pupil: Any, whose: str) -> None:
    """Plant what is known of a pupil: one alone, so that nobody may read of any of it in a figure."""
    from django.apps import apps
    from django.utils import timezone

    year, at = timezone.localdate().year - 1, {"school": planter.school}
    get = apps.get_model
    known = {"sex": "female", "language": "other", "sen": "plan", "disadvantaged": True, "prior": None}
    planter.row(get("outcomes.PupilYear"), whose, **at, pupil=pupil, year=year, **known,
                sessions_possible=None, sessions_missed=None)  # fmt: skip
    sat = planter.row(get("outcomes.Assessment"), whose, **at, year=year, name="Summer", scale="points")
    planter.row(get("outcomes.Scores"), whose, assessment=sat, pupil=pupil, by_subject={"maths": 731_997.0})
    planter.row(get("outcomes.PupilName"), whose, **at, pupil=pupil)


def _plant_answers(planter: Any, whose: str) -> None:
    """Plant a sealed sheet nobody may ever read, and words that a closed survey released to all staff."""
    from django.apps import apps
    from django.utils import timezone

    get, today = apps.get_model, timezone.localdate()
    asked = [{"code": "q", "words": "What?", "kind": "comment"}]
    survey = planter.row(get("voice.Survey"), whose, school=planter.school, run_by=planter.cast.people["headteacher"],
                         about=None, own={}, standing={}, visibility="staff", state="closed", closed_on=today,
                         instrument="staff_pulse", questions=asked)  # fmt: skip
    planter.row(get("voice.Sheet"), whose, survey=survey)
    planter.row(get("voice.Comment"), whose, survey=survey, question="q")


def urls_of(cast: Any, address: Any, place: str) -> Iterator[str]:
    """Yield an address at one's own school with each planted row, then at a place filled with its samples.

    Samples are made last: one that appoints another panel would end what the planted one reads.
    """
    from django.urls import reverse

    from tests.cast import OWN, TRUST_UID

    at = {"school": {"urn": OWN}, "trust": {"trust": TRUST_UID}}.get(address.audience.place, {})
    for keys in _planted_keys(address.needs) if place == "own" else ():
        yield reverse(address.name, kwargs=at | keys)
    yield address.filled(cast, place, cast.school if place == "own" else cast.other)


def _planted_keys(needs: frozenset[str]) -> list[dict[str, int]]:
    """Return the keys of each planted row that an address of one key, or of two that lead to one another, can show."""
    from django.apps import apps

    pair = next((each for each in PAIRS if set(each) == set(needs)), None)
    if pair:
        model, other = PAIRS[pair]
        rows = apps.get_model(model).objects.exclude(**{other: None}).order_by("pk").values_list("pk", other)
        return [dict(zip(pair, row, strict=True)) for row in rows]
    known = [name for name in needs if name in KEYS]
    if len(needs) != 1 or not known:
        return []
    rows = apps.get_model(KEYS[known[0]]).objects.order_by("pk").values_list("pk", flat=True)
    return [{known[0]: key} for key in rows]


def visit(found: Searched, cast: Any, persona: str, name: str, url: str) -> None:
    """Ask for one address as one persona; what is downloaded by a form is asked for by one."""
    client = cast.client(persona)
    client.raise_request_exception = False
    if name == "privacy-file" and persona in HANDLERS:
        _decided(cast)
    answer = client.post(url) if name in {"privacy-file", "held-about-me-file"} else client.get(url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found.read(persona, url, opened(body))
    found.read(persona, f"the headers of {url}", f"{answer.headers} {answer.cookies}")


def _decided(cast: Any) -> None:
    """Let every passage be given out, so that files hold all they may."""
    from django.utils import timezone

    from headship.privacy import gathering, queries
    from headship.privacy.choices import Verdict
    from headship.privacy.models import Passage, SubjectRequest

    now = timezone.now()
    scope = cast.scope("headteacher")
    for asked in SubjectRequest.objects.filter(person=cast.people["teacher"], school=cast.school):
        for each in queries.gathered(scope, asked).passages:
            model, key, name = each.place
            Passage.objects.update_or_create(
                request=asked, model=model, key=key, field=name,
                defaults={"verdict": Verdict.GIVE, "fingerprint": gathering.fingerprint(each.words),
                          "decided_by_id": scope.person_id, "decided_at": now},
            )  # fmt: skip


def opened(body: bytes) -> str:
    """Return what was given as text; of an archive, all that is in it."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    return body.decode(errors="replace")


@contextmanager
def logged() -> Iterator[list[str]]:
    """Keep every line that anything logs, at any level, with its trace."""
    lines: list[str] = []

    class Keeps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keeper, root = Keeps(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(keeper)
        root.setLevel(level)
