"""Subject access: all of a person's and nothing of others', passages read first, and who may do what by when."""

import functools
import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from headship.core import personal, registry
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import EntryShare
from headship.people.models import Post
from headship.privacy import actions, gathering, keeping, queries
from headship.privacy.choices import Asked, State, Verdict
from headship.privacy.models import SubjectRequest
from headship.schools.models import SchoolDay
from headship.standards import actions as standards
from headship.strategy.models import Decision
from tests import cast
from tests.privacy.planted import HERS, THEIRS, plant

pytestmark = pytest.mark.django_db

# Of the subject's own fields, what no file shows, each with the reason.
NEVER_SHOWN = {
    ("people.Invitation", "token_hash"): "a seal, shown to nobody",
    ("people.ApiToken", "token_hash"): "a seal, shown to nobody",
    ("core.AuditDetail", "salt"): "what seals the words, shown to nobody",
    ("schools.CalendarFeed", "token_hash"): "a seal, shown to nobody",
    ("voice.Invitation", "token_hash"): "a seal, shown to nobody",
    ("voice.Invitation", "sealed_token"): "a seal, shown to nobody",
    ("voice.Complaint", "from_name"): "whoever complained",
    ("voice.Complaint", "from_contact"): "the same",
    ("voice.Compliment", "from_name"): "whoever said something kind",
    ("voice.Compliment", "from_contact"): "the same",
    ("privacy.Passage", "words"): "kept with the request; the words themselves come from where they stand",
    ("privacy.Passage", "fingerprint"): "as above",
    ("privacy.Passage", "decided_at"): "it is the reader's",
    ("core.ImportBatch", "staged"): "the difference a file made, with other people in it",
}
LIBRARIES = {"account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount"}  # asked for by name below
# What the person alone sees, and no school in answering for them.
OWN = {
    "people.ApiToken",
    "talent.Goal",
    "talent.LearningNote",
    "evidence.Entry",
    "evidence.Reflection",
    "voice.FeedbackShare",
    "equality.SaidOfSelf",  # decision 49
    # A headteacher's appraisal is theirs, in the file they download: decision 43.
    *(
        f"appraisal.Head{each}"
        for each in ("Objective", "Note", "Reflection", "Evidence", "Statement", "Copy", "Appeal")
    ),
    # So is anybody's: decision 48.
    *(
        f"appraisal.Staff{each}"
        for each in ("Year", "Objective", "Reflection", "Statement", "Rating", "Copy", "Change", "Moderation", "Appeal")
    ),
}


@pytest.fixture
def everybody(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
    now = timezone.now()
    standards.load_shipped(by=installation_scope(now), at=now)
    return cast.build()


def asked_by(everybody, persona="teacher", asks=Asked.ACCESS, by="headteacher", received_on=None):
    return actions.note_request(
        by=everybody.scope(by),
        at=timezone.now(),
        person_id=everybody.people[persona].pk,
        asks=asks,
        received_on=received_on or timezone.localdate(),
    )


def everything_read(everybody, asked, verdict=Verdict.GIVE, by="headteacher"):
    found = queries.gathered(everybody.scope(by), asked)
    verdicts = {each.place: (verdict, each.suggested, each.version) for each in found.passages}
    actions.decide_passages(by=everybody.scope(by), at=timezone.now(), request_id=asked.pk, verdicts=verdicts)


def version_of_the_passage(everybody, asked):
    """Return what the page of passages says of the one that its reader saw."""
    (passage,) = queries.gathered(everybody.scope("headteacher"), asked).passages
    return passage.version


def texts_of(content):
    """Return the page and the tables of a downloaded file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read("what-is-held.html").decode(), json.loads(archive.read("what-is-held.json"))


def by_name_alone() -> set[str]:
    """Return the models whose rows lead to nobody: what they say of somebody is found by the name in it."""
    return {each.model for each in registry.person_data() if not each.leads}


def test_every_model_of_ours_with_a_person_in_it_is_planted(everybody):
    """A new model joins the canaries, or the proof below would not hold of it."""
    planted = {each.model for each in plant(everybody)}
    declared = {each.model for each in registry.person_data()} - LIBRARIES
    others = {
        "core.AuditEvent": "keys and plain facts; an action writes it",
        "people.Account": "asked for by name below",
        "people.Pupil": "no name, and no key to anybody",
        "outcomes.PupilYear": "a pupil without an account, by a keyed hash",
        "outcomes.Scores": "the same",
        "outcomes.PupilName": "a pupil, who has no account: nobody asks for a row of it here",
        "outcomes.NamesKept": "a key alone",
        "outcomes.SharedSums": "a key alone",
        "outcomes.InterventionPupil": "keys alone",
        "equality.FairnessRelease": "a key alone",
        "equality.FairnessCounted": "no key to anybody, and nothing that anybody said",
        "voice.Survey": "keys, and how somebody sees themselves, for them alone: told in tests/voice",
        "voice.Sheet": "nobody's, and sealed",
        "voice.Comment": "nobody's",
        "voice.Promise": "a key alone",
        "appraisal.Expectation": "a key alone",
        "appraisal.Support": "keys alone",
        "appraisal.StaffCycle": "a key alone",
        "appraisal.OwnRule": "a key alone",
        "appraisal.StaffYear": "keys alone",
        "appraisal.StaffHearer": "a key alone",
        "appraisal.HeadYear": "keys alone",
        "appraisal.HeadMember": "a key alone",
        "appraisal.HeadChange": "a key alone, beside words of the product's own",
        "workload.SlotFor": "a key alone",
        "strategy.Vision": "words for everybody; searched for a name below",
        "strategy.PlanWords": "the same",
        "equality.Statement": "the same",
        "equality.Finding": "the same, once the check is done",
        "voice.ComplaintReader": "a key alone",
        "policies.PolicyReview": "a key alone",
        "equality.StatementChange": "a key alone, beside words of the product's own",
        "equality.CheckChange": "a key alone, beside words of the product's own",
        "strategy.TeamMember": "a key alone",
        "strategy.Review": "keys alone",
        "evidence.EntryShare": "a key alone",
        "evidence.Tally": "counts alone",
        "schools.SchoolDay": "words of the school; asked for below",
        "project.SetUp": "a key alone",
        "privacy.KeepingTime": "a key alone",
        "privacy.Erasure": "keys alone",
        "governance.CheckpointReader": "keys alone",
    }
    assert declared - planted == set(others)


def test_their_own_download_holds_all_of_theirs_and_nothing_of_others(everybody):
    canaries = plant(everybody)
    client = everybody.client("teacher")
    assert client.get(reverse("held-about-me-file")).status_code == 302
    answer = client.post(reverse("held-about-me-file"))
    page, tables = texts_of(answer.content)
    both = page + json.dumps(tables, ensure_ascii=False)
    hers = [
        each
        for each in canaries
        if each.whose == HERS and (each.model, each.field) not in NEVER_SHOWN and each.model not in by_name_alone()
    ]
    held_back = {("people.Post", "reason"), ("core.AuditDetail", "words"), ("privacy.LegalHold", "why"),
                 ("voice.Complaint", "said"), ("voice.ComplaintStep", "found"), ("voice.ComplaintStep", "answered"),
                 ("appraisal.SupportLine", "said"), ("appraisal.ExcellentPractice", "words"),
                 ("voice.Lesson", "learned"), ("voice.Compliment", "said")}  # fmt: skip
    missing = {
        (each.model, each.field) for each in hers if each.words not in page or each.words not in json.dumps(tables)
    }
    assert missing == held_back
    assert [each for each in canaries if each.whose == THEIRS and each.words in both] == []
    never = [each for each in canaries if (each.model, each.field) in NEVER_SHOWN]
    assert {(each.model, each.field) for each in never} == set(NEVER_SHOWN)
    assert [each for each in never if each.words in both] == []
    assert "canary-summary" not in both
    for persona, (name, _) in cast.PERSONAS.items():
        assert (name in both) == (persona == "teacher"), name


def test_their_own_download_holds_account_and_sign_in(everybody):
    account = everybody.accounts["teacher"]
    EmailAddress.objects.create(user=account, email="canary-address@canary.example", verified=True)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "canary-secret"})
    client = everybody.client("teacher")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": timezone.now().timestamp()}]
    session.save()
    _, tables = texts_of(client.post(reverse("held-about-me-file")).content)
    by_table = {part["table"]: part["rows"] for part in tables["parts"]}
    assert by_table["people.Account"][0]["Email"] == "teacher@people.example"
    assert by_table["people.Account"][0]["Password"] == "held, and shown to nobody"
    assert "canary-address@canary.example" in by_table["account.EmailAddress"][0].values()
    assert by_table["mfa.Authenticator"][0]["Data"] == "held, and shown to nobody"
    assert "canary-secret" not in json.dumps(tables)


def test_a_school_gives_out_what_is_at_the_school_and_not_what_is_their_own(everybody):
    canaries = plant(everybody)
    SchoolDay.objects.create(school=everybody.school, on=date(2027, 1, 4), until=date(2027, 1, 4), kind="event",
                             words="Hari Teacher-Example and Gwen Middle-Example sing")  # fmt: skip
    asked = asked_by(everybody)
    everything_read(everybody, asked)
    url = reverse("privacy-file", kwargs={"urn": cast.OWN, "asked": asked.pk})
    page, tables = texts_of(everybody.client("headteacher").post(url).content)
    both = page + json.dumps(tables, ensure_ascii=False)
    shown = [each for each in canaries if each.whose == HERS and each.model not in OWN | by_name_alone()
             and (each.model, each.field) not in NEVER_SHOWN]  # fmt: skip
    assert [each for each in shown if each.words not in page] == []
    assert [each for each in canaries if each.model in OWN and each.words in both] == []
    assert [
        each for each in canaries if each.whose == THEIRS and each.words in both and "Middle" not in each.words
    ] == []
    assert "Hari Teacher-Example and Gwen Middle-Example sing" in page  # the reader decided to give it out as it stands


SOUGHT = "Ola Sought-Example"
NEWER = {"policies", "workload", "improvement", "equality", "strategy"}


def test_whatever_is_written_in_the_schools_plans_and_policies_is_searched_for_a_name(everybody):
    """Every free word of these parts, in rows that belong to somebody else or to nobody."""
    plant(everybody)
    newer = {each.model for each in registry.person_data() if each.model.partition(".")[0] in NEWER}
    sought = newer - {"equality.SaidOfSelf", "equality.FairnessCounted"}  # chosen codes, which nobody may search
    wanted = set()
    for label in sought:
        model = apps.get_model(label)
        texts = [name for name in personal.text_fields(model) if name not in {"decided_as", "weekdays"}]
        for row in model.objects.all():
            filled = dict.fromkeys(texts, f"{SOUGHT} {row.pk}")  # the names of values differ
            model.objects.filter(pk=row.pk).update(**filled)
        wanted |= {(label, name) for name in texts}
    person = everybody.people["office"]
    person.name = SOUGHT
    person.save()
    subject = gathering.subject_of(person, everybody.school.pk)
    found = gathering.gather(subject, everybody.school.pk, reader=everybody.scope("headteacher"))
    assert wanted - {(place[0], place[2]) for place in (each.place for each in found.passages)} == set()
    asked_for = {("equality.Finding", "words"), ("equality.AimReview", "came_of_it"), ("workload.Slot", "title"),
                 ("policies.PolicyChange", "means"), ("policies.Duty", "because"), ("improvement.Habit", "evidence"),
                 ("policies.PolicyApproval", "meeting"), ("policies.PolicyVersion", "words")}  # fmt: skip
    assert asked_for <= wanted


def test_names_of_others_are_taken_out_as_the_reader_decides(everybody):
    Decision.objects.create(
        school=everybody.school, once="6f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9901", decided_on=date(2027, 1, 4),
        what="Hari Teacher-Example covers for Gwen Middle-Example", decided_by=everybody.people["headteacher"],
        decided_as="headteacher", visibility="leaders", noted_at=timezone.now(),
    )  # fmt: skip
    asked = asked_by(everybody)
    found = queries.gathered(everybody.scope("headteacher"), asked)
    assert [(each.words, each.suggested) for each in found.passages] == [
        ("Hari Teacher-Example covers for Gwen Middle-Example", "Hari Teacher-Example covers for [name removed]")
    ]
    with pytest.raises(Refused, match="1 passages wait to be read"):
        actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
    for verdict, given in (
        (Verdict.EDIT, "Hari Teacher-Example covers for [name removed]"),
        (Verdict.HOLD, None),
        (Verdict.GIVE, "Hari Teacher-Example covers for Gwen Middle-Example"),
    ):
        everything_read(everybody, asked, verdict)
        out = actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
        assert [each.given for each in out.passages] == [given]
        assert ("covers for" in str(out.parts)) == (given is not None)
    Decision.objects.update(what="Hari Teacher-Example covers for Gwen Middle-Example, and more")
    assert queries.gathered(everybody.scope("headteacher"), asked).waiting == 1  # read again: it changed


def test_passages_are_read_on_one_page(everybody):
    Post.objects.filter(person=everybody.people["teacher"]).update(reason="Gwen Middle-Example went on leave")
    asked = asked_by(everybody)
    url = reverse("privacy-passages", kwargs={"urn": cast.OWN, "asked": asked.pk})
    client = everybody.client("data_protection_officer")
    page = client.get(url).text
    assert "Gwen Middle-Example went on leave" in page
    assert "[name removed] went on leave" in page
    words = {"words_0": "A colleague went on leave", "read_0": version_of_the_passage(everybody, asked)}
    assert client.post(url, {"verdict_0": "edit", **words}).status_code == 302
    out = actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
    assert "A colleague went on leave" in str(out.parts)
    assert "Gwen" not in str(out.parts)


def test_a_passage_that_changed_while_it_was_read_is_not_decided(everybody):
    Post.objects.filter(person=everybody.people["teacher"]).update(reason="First words")
    asked = asked_by(everybody)
    form = {"verdict_0": "give", "words_0": "", "read_0": version_of_the_passage(everybody, asked)}
    Post.objects.filter(person=everybody.people["teacher"]).update(reason="Other words")
    url = reverse("privacy-passages", kwargs={"urn": cast.OWN, "asked": asked.pk})
    page = everybody.client("headteacher").post(url, form, follow=True).text
    assert "Read them again" in page
    assert queries.gathered(everybody.scope("headteacher"), asked).waiting == 1


def test_what_one_reader_holds_back_another_does_not_give_out_unseen(everybody):
    Post.objects.filter(person=everybody.people["teacher"]).update(reason="Gwen Middle-Example went on leave")
    asked = asked_by(everybody)
    url = reverse("privacy-passages", kwargs={"urn": cast.OWN, "asked": asked.pk})
    read = {"words_0": "", "read_0": version_of_the_passage(everybody, asked)}
    everybody.client("data_protection_officer").post(url, {"verdict_0": "hold", **read})
    everybody.client("headteacher").post(url, {"verdict_0": "give", **read})
    out = actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
    assert [each.decided.verdict for each in out.passages] == [Verdict.HOLD]
    seen = {"words_0": "", "read_0": version_of_the_passage(everybody, asked)}
    everybody.client("headteacher").post(url, {"verdict_0": "give", **seen})
    out = actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
    assert [each.decided.verdict for each in out.passages] == [Verdict.GIVE]


def test_what_others_keep_for_themselves_is_never_a_passage(everybody):
    """A colleague's private words about the subject stay theirs; of what the school holds, the words are found."""
    plant(everybody)
    note = apps.get_model("talent.LearningNote").objects.get(person=everybody.people["middle_leader"])
    note.what = "What Hari Teacher-Example taught me"
    note.save()
    found = queries.gathered(everybody.scope("headteacher"), asked_by(everybody))
    assert "taught me" not in str(found)


def test_what_is_shared_with_them_names_no_owner(everybody):
    plant(everybody)
    entry = apps.get_model("evidence.Entry").objects.get(owner=everybody.people["middle_leader"])
    EntryShare.objects.create(entry=entry, person=everybody.people["teacher"])
    found = gathering.gather(gathering.subject_of(everybody.people["teacher"]), None)
    assert [part.rows for part in found.parts if part.model == "evidence.EntryShare"] == [
        ((("Entry", f"number {entry.pk}"), ("Person", "you")),)
    ]


@pytest.mark.parametrize("persona", ["teacher", "business_manager", "senior_leader", "chair", "administrator"])
def test_who_may_not_answer(everybody, persona):
    asked = asked_by(everybody)
    for name in ("privacy-request", "privacy-passages", "privacy-file", "privacy-close"):
        url = reverse(name, kwargs={"urn": cast.OWN, "asked": asked.pk})
        answer = everybody.client(persona).get(url)
        assert answer.status_code == 403
        assert "The headteacher and the data protection officer answer requests" in answer.text
    with pytest.raises(Refused):
        actions.note_request(by=everybody.scope(persona), at=timezone.now(), person_id=everybody.people["teacher"].pk,
                             asks=Asked.ACCESS, received_on=timezone.localdate())  # fmt: skip


def test_a_request_about_oneself_is_answered_by_another(everybody):
    asked = asked_by(everybody, "headteacher", by="data_protection_officer")
    with pytest.raises(Refused, match="This is about you"):
        actions.give_out(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk)
    everything_read(everybody, asked, by="data_protection_officer")
    assert actions.give_out(by=everybody.scope("data_protection_officer"), at=timezone.now(), request_id=asked.pk).parts


def test_the_file_asks_for_a_fresh_factor_and_is_written_down(everybody):
    asked = asked_by(everybody)
    url = reverse("privacy-file", kwargs={"urn": cast.OWN, "asked": asked.pk})
    everybody.accounts["headteacher"].set_password("three random-words here")
    everybody.accounts["headteacher"].save()
    for address in (url, reverse("held-about-me-file")):
        client = everybody.client("headteacher")
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": 0}]
        session.save()
        answer = client.post(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert everybody.client("headteacher").post(url).headers["Content-Type"] == "application/zip"
    event = AuditEvent.objects.filter(action="privacy.give_out").get()
    assert event.person_id == everybody.people["headteacher"].pk
    assert event.subject == f"privacy.SubjectRequest:{asked.pk}"


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 3), date(2026, 10, 3)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_a_request_is_answered_within_a_calendar_month(received, due):
    assert keeping.due_on(received) == due


def test_the_list_says_by_when_and_that_the_rule_is_not_checked(everybody):
    asked_by(everybody, received_on=timezone.localdate() - timedelta(days=40))
    client = everybody.client("headteacher")
    page = client.get(reverse("privacy-requests", kwargs={"urn": cast.OWN})).text
    assert "Hari Teacher-Example: see what is held" in page
    assert "Late" in page
    assert "Article 12(3) (not yet checked)" in page
    assert "Answer a request about personal data" in client.get(reverse("today", kwargs={"urn": cast.OWN})).text


def test_requests_are_noted_and_closed_through_their_pages(everybody):
    client, day = everybody.client("headteacher"), timezone.localdate()
    on = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    form = {"person": everybody.people["leaver"].pk, "asks": "access", "words": "All of it, please", **on}
    assert client.post(reverse("privacy-note", kwargs={"urn": cast.OWN}), form).status_code == 302
    asked = SubjectRequest.objects.get()
    close = reverse("privacy-close", kwargs={"urn": cast.OWN, "asked": asked.pk})
    on = {"closed_on_day": day.day, "closed_on_month": day.month, "closed_on_year": day.year}
    assert client.post(close, {"state": "answered", "outcome": "Sent by post", **on}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.closed_on, asked.closed_by) == (State.ANSWERED, day, everybody.people["headteacher"])
    with pytest.raises(Stale):
        actions.close_request(by=everybody.scope("headteacher"), at=timezone.now(), request_id=asked.pk,
                              state=State.REFUSED, closed_on=day, outcome="No")  # fmt: skip


def test_a_request_cannot_come_from_the_future_nor_from_a_stranger(everybody):
    with pytest.raises(Unusable):
        asked_by(everybody, received_on=timezone.localdate() + timedelta(days=1))
    form = {"person": everybody.people["other_teacher"].pk, "asks": "access"}
    page = everybody.client("headteacher").post(reverse("privacy-note", kwargs={"urn": cast.OWN}), form).text
    assert "There is a problem" in page
    assert SubjectRequest.objects.count() == 0


def test_a_leaver_asks_the_school_they_left(everybody):
    client = everybody.client("leaver")
    form = {"school": everybody.school.pk, "asks": "erasure", "words": ""}
    assert client.post(reverse("held-about-me-ask"), form).status_code == 302
    asked = SubjectRequest.objects.get()
    assert (asked.person, asked.asks, asked.school) == (everybody.people["leaver"], "erasure", everybody.school)
    assert "Have it erased" in client.get(reverse("held-about-me")).text
    with pytest.raises(Refused):
        actions.ask(
            by=everybody.scope("leaver", ""), at=timezone.now(), school_id=everybody.other.pk, asks=Asked.ACCESS
        )


def test_own_pages_show_counts(everybody):
    plant(everybody)
    page = everybody.client("teacher").get(reverse("held-about-me")).text
    assert "Your reflections" in page
    assert "canary" not in page
    assert actions.take_own(by=everybody.scope("teacher", ""), at=timezone.now()).subject.name == "Hari Teacher-Example"


def test_the_same_thing_noted_or_forbidden_twice_is_there_once(everybody):
    assert asked_by(everybody).pk == asked_by(everybody).pk
    head, now = everybody.scope("headteacher"), timezone.now()
    hold = functools.partial(
        actions.place_hold, by=head, at=now, person_id=everybody.people["teacher"].pk, why="A claim", until=None
    )
    first = hold()
    assert hold().pk == first.pk
    actions.lift_hold(by=head, at=now, hold_id=first.pk)
    assert hold().pk != first.pk, "A hold that was lifted does not stand in the way of a new one."


def test_who_never_held_a_post_at_a_school_is_told_there_is_none_to_ask(everybody):
    asking = everybody.client("operator").get(reverse("held-about-me-ask"))
    assert asking.status_code == 403
    assert "there is none to ask" in asking.text
    assert everybody.client("teacher").get(reverse("held-about-me-ask")).status_code == 200


def test_words_of_a_survey_that_name_somebody_are_read_and_decided(everybody):
    """Such rows have random keys; a decision is kept all the same."""
    get, at = apps.get_model, timezone.now()
    survey = get("voice.Survey").objects.create(
        school=everybody.school, once=uuid4(), instrument="staff_pulse", title="How are we?", state="closed",
        run_by=everybody.people["headteacher"], visibility="staff", made_on=at.date(), closes_on=at.date(),
        closed_on=at.date(), questions=[{"code": "q", "words": "What?", "kind": "comment"}],
    )  # fmt: skip
    get("voice.Comment").objects.create(survey=survey, question="q", words="Hari Teacher-Example stays too late")
    asked = asked_by(everybody)
    everything_read(everybody, asked)
    out = queries.gathered(everybody.scope("headteacher"), asked)
    found = [each for each in out.passages if each.place[0] == "voice.Comment"]
    assert [(each.decided.verdict, each.given) for each in found] == [
        (Verdict.GIVE, "Hari Teacher-Example stays too late")
    ]
