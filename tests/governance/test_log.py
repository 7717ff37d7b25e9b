"""The proof of the audit log: its page, what it hands out, who is chosen to get it by mail."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from headship.core import audit, verifier
from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent, Checkpoint
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.governance import actions, documents, queries, rules
from headship.governance.models import CheckpointReader
from headship.people.models import Account, Post
from headship.standards import actions as standards
from headship.strategy import actions as strategy
from tests import cast as everybody
from tests.core.tampering import untriggered

AT = timezone.now()


@pytest.fixture
def cast(db):
    made = everybody.build()
    strategy.add_value(by=made.scope("headteacher"), at=AT, name="Kindness", meaning="To all")
    return made


def page(cast, persona, name="audit-log", query=""):
    client = cast.client(persona)
    ask = client.post if name == "audit-export" else client.get
    response = ask(reverse(name, kwargs={"urn": everybody.OWN}) + query)
    assert response.status_code == 200, response.content
    return b"".join(response) if response.streaming else response.content


def text(*given, **named):
    return page(*given, **named).decode()


def choose(cast, *personas):
    ids = [cast.people[each].pk for each in personas]
    by = cast.scope("chair")
    actions.choose_readers(by=by, at=AT, person_ids=ids, version=queries.version(queries.chosen(by)))


def test_the_page_says_how_long_the_log_is_and_checks_it_when_asked(cast):
    assert "The log of this school holds 1 event. Check now" in text(cast, "chair")
    assert "The log agrees with itself: 1 event, none changed" in text(cast, "chair", query="?check")


def test_the_page_names_the_first_bad_record(cast):
    untriggered()
    AuditEvent.objects.filter(chain=cast.school.pk, number=1).update(action="tests.other")
    shown = text(cast, "data_protection_officer", query="?check")
    assert "The log is not as it was written" in shown
    assert f"Event 1 of chain {cast.school.pk} was changed after it was written" in shown


def test_a_school_where_nothing_was_done_is_told_so(db):
    made = everybody.build()
    assert "Nothing has been done here yet" in text(made, "headteacher")
    response = made.client("headteacher").get(reverse("audit-checkpoint", kwargs={"urn": everybody.OWN}))
    assert response.status_code == 400
    assert "there is no checkpoint" in response.content.decode()


def test_a_log_too_long_to_check_at_once_says_what_to_do(cast, monkeypatch):
    monkeypatch.setattr("headship.governance.views.MOST_ON_A_PAGE", 0)
    response = cast.client("chair").get(reverse("audit-log", kwargs={"urn": everybody.OWN}) + "?check")
    assert response.status_code == 400
    assert "Download the export and the verifier" in response.content.decode()


def test_the_chair_chooses_and_the_officer_reads_who_was_chosen(cast):
    assert "Choose who gets it" not in text(cast, "data_protection_officer")
    assert "Nobody gets it by mail yet" in text(cast, "data_protection_officer")
    client = cast.client("chair")
    address = reverse("audit-readers", kwargs={"urn": everybody.OWN})
    assert "Hari Teacher-Example" not in client.get(address).content.decode()
    chosen = {"readers": [cast.people["governor"].pk, cast.people["chair"].pk], "version": "nobody"}
    answer = client.post(address, chosen, follow=True)
    assert "to Bola Chair-Example, chair of governors and Cyril Governor-Example, governor." in answer.content.decode()
    assert "Cyril Governor-Example" in text(cast, "data_protection_officer")
    assert list(audit.faults(cast.school.pk)) == []
    assert cast.client("headteacher").post(address, {**chosen, "readers": []}).status_code == 409
    assert CheckpointReader.objects.count() == 2


def test_whoever_is_chosen_no_more_is_taken_off(cast):
    choose(cast, "governor", "clerk")
    before = CheckpointReader.objects.get(person=cast.people["clerk"]).pk
    choose(cast, "clerk")
    assert list(CheckpointReader.objects.values_list("pk", flat=True)) == [before]
    choose(cast)
    assert CheckpointReader.objects.count() == 0


@pytest.mark.parametrize("persona", ["teacher", "other_headteacher", "leaver"])
def test_only_who_may_receive_can_be_chosen(cast, persona):
    with pytest.raises(Unusable, match="no such post here"):
        choose(cast, persona)
    assert CheckpointReader.objects.count() == 0


def test_only_the_headteacher_and_the_chair_choose(cast):
    with pytest.raises(Refused, match="headteacher and the chair"):
        actions.choose_readers(by=cast.scope("data_protection_officer"), at=AT, person_ids=[], version="nobody")
    allowed = {each for each in everybody.PERSONAS if _scope(cast, each) and not rules.see_log(_scope(cast, each))}
    assert allowed == {"headteacher", "chair", "data_protection_officer", "other_headteacher"}


def _scope(cast, persona):
    try:
        return cast.scope(persona)
    except LookupError:
        return None


def test_the_mail_is_itself_the_proof(cast):
    choose(cast, "governor")
    assert documents.send_checkpoints(AT) == "1 checkpoints mailed."
    (sent,) = mail.outbox
    assert sent.to == ["governor@people.example"]
    assert sent.body.isascii()
    read = verifier.checkpoints_in(sent.message().as_string())  # the mail as it travels and is saved
    assert [each.chain for each in read] == [cast.school.pk]
    assert all(each.holds for each in read)
    assert "Kindness" not in sent.body


@pytest.mark.usefixtures("nothing_shipped")
def test_the_installations_checkpoint_goes_along(cast):
    standards.load_shipped(by=installation_scope(AT), at=AT)
    choose(cast, "governor")
    documents.send_checkpoints(AT)
    assert [each.chain for each in verifier.checkpoints_in(mail.outbox[0].body)] == [cast.school.pk, 0]


def test_it_goes_out_once_a_day_and_only_when_something_was_done(cast):
    choose(cast, "governor")
    documents.send_checkpoints(AT)
    assert documents.send_checkpoints(AT) == "0 checkpoints mailed."
    tomorrow = AT + timedelta(days=1)
    assert documents.send_checkpoints(tomorrow) == "0 checkpoints mailed."
    strategy.add_value(by=cast.scope("headteacher"), at=tomorrow, name="Courage", meaning="")
    assert documents.send_checkpoints(tomorrow) == "1 checkpoints mailed."


def test_whoever_has_left_or_whose_account_is_closed_gets_nothing(cast):
    choose(cast, "governor", "clerk", "chair")
    Post.objects.filter(person=cast.people["governor"]).update(ends_on=timezone.localdate(AT) - timedelta(days=1))
    Account.objects.filter(person=cast.people["clerk"]).update(is_active=False)
    assert documents.send_checkpoints(AT) == "1 checkpoints mailed."
    assert mail.outbox[0].to == ["chair@people.example"]


def test_a_mail_server_that_fails_is_asked_again(cast, monkeypatch):
    def broken(self, messages):
        raise OSError("no way out")

    choose(cast, "governor")
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", broken)
        assert documents.send_checkpoints(AT) == "0 checkpoints mailed."
    assert CheckpointReader.objects.get().sent_on is None
    assert documents.send_checkpoints(AT) == "1 checkpoints mailed."


def test_that_it_was_sent_is_remembered_once(cast):
    choose(cast, "governor")
    reader = CheckpointReader.objects.get()
    by = installation_scope(AT)
    actions.tell_sent(by=by, at=AT, school_id=cast.school.pk, reader_ids=[reader.pk], length=9)
    reader.refresh_from_db()
    assert (reader.sent_on, reader.sent_length) == (timezone.localdate(AT), 10)
    assert AuditEvent.objects.filter(chain=cast.school.pk).order_by("-number")[0].action == "governance.tell_sent"


def test_a_checkpoint_and_an_export_taken_from_the_page_verify(cast, tmp_path):
    kept = verifier.checkpoints_in(text(cast, "chair", "audit-checkpoint"))
    export = tmp_path / "log.jsonl"
    export.write_bytes(page(cast, "headteacher", "audit-export"))
    assert [each.length for each in kept] == [Checkpoint.objects.get(chain=cast.school.pk).length]
    (found,) = verifier.check(verifier.read_export(export), kept)
    assert (found.faults, found.name, found.with_details) == ([], "Example Brook Primary", False)
    assert page(cast, "chair", "audit-verifier").startswith(b'"""Check a Headship audit log.')


def test_an_export_says_in_the_log_who_took_it_and_looking_does_not(cast, tmp_path):
    address = reverse("audit-export", kwargs={"urn": everybody.OWN})
    looked = cast.client("chair").get(address)
    assert (looked.status_code, looked["Location"]) == (302, reverse("audit-log", kwargs={"urn": everybody.OWN}))
    assert not AuditEvent.objects.filter(action="governance.take_export").exists()
    lines = [json.loads(line) for line in text(cast, "chair", "audit-export").splitlines()]
    taken = AuditEvent.objects.get(chain=cast.school.pk, action="governance.take_export")
    assert (taken.person_id, taken.number) == (cast.people["chair"].pk, 2)
    assert [each["number"] for each in lines if each["kind"] == "event"] == [1, 2], "the export holds its own taking"
    with pytest.raises(Refused):
        actions.take_export(by=cast.scope("governor"), at=AT)


def test_an_export_holds_nobodys_words(cast):
    with_words = audit.Detail({"name": "Uma New-Example"}, 1)
    from django.db import transaction

    with transaction.atomic():
        audit.append(audit.Draft(cast.school.pk, AT, "tests.did", 1, "tests.Thing:1", {}, with_words))
    exported = text(cast, "chair", "audit-export")
    assert "tests.Thing:1" in exported
    assert "Uma" not in exported


def test_due_asks_the_same_few_questions_for_one_school_and_for_three(cast, django_assert_num_queries):
    choose(cast, "governor")
    with django_assert_num_queries(3):
        assert len(queries.due(timezone.localdate(AT))) == 1


def test_the_state_is_of_the_readers_own_school_alone(cast):
    """Other schools' logs are longer and signed further: none of that shows."""
    other = cast.scope("other_headteacher")
    for name in ("Courage", "Care", "Curiosity"):
        strategy.add_value(by=other, at=AT, name=name, meaning="To all")
    audit.sign(cast.other.pk, AT)
    audit.sign(cast.school.pk, AT + timedelta(minutes=1))
    here, there = queries.state(cast.scope("chair")), queries.state(other)
    assert (here.length, here.signed_length, there.length, there.signed_length) == (1, 1, 3, 3)
    for state, school in ((here, cast.school), (there, cast.other)):
        assert state.signed_at == Checkpoint.objects.filter(chain=school.pk).latest("length").at


def test_whoever_is_chosen_at_another_school_is_not_chosen_here(cast):
    """The same person may be chosen at both: what one school chose says nothing at the other."""
    chair = cast.people["chair"]
    Post.objects.create(person=chair, school=cast.other, role="chair", starts_on=timezone.localdate())
    CheckpointReader.objects.create(school=cast.other, person=chair, chosen_by=chair, chosen_at=AT)
    assert queries.chosen(cast.scope("chair")) == frozenset()
    assert queries.chosen(cast.scope("chair", "other")) == {chair.pk}


def test_only_whoever_holds_such_a_post_today_may_be_chosen_and_gets_mail(cast):
    today, role = timezone.localdate(), Role.BUSINESS_MANAGER
    days = {"teacher": (-30, None), "middle_leader": (-30, -1), "support_staff": (1, None), "office": (-30, 0)}
    chair = cast.people["chair"]
    for persona, (start, end) in days.items():
        ends_on = None if end is None else today + timedelta(days=end)
        person = cast.people[persona]
        Post.objects.create(
            person=person, school=cast.school, role=role, starts_on=today + timedelta(days=start), ends_on=ends_on
        )
        CheckpointReader.objects.create(school=cast.school, person=person, chosen_by=chair, chosen_at=AT)
    mine = {cast.people[persona].pk for persona in days}
    expected = {cast.people["teacher"].pk, cast.people["office"].pk}
    assert mine & set(queries.candidates(cast.scope("chair"))) == expected
    assert queries.chosen(cast.scope("chair")) == expected
    (school,) = queries.due(today)
    addressed = CheckpointReader.objects.filter(pk__in=school.addresses).values_list("person_id", flat=True)
    assert set(addressed) == expected
