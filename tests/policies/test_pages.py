"""Policies clicked through, from an empty page to paper."""

from datetime import date
from uuid import uuid4

import pytest

from headship.core.scope import installation_scope
from headship.policies.models import (
    Acknowledgement,
    Duty,
    DutyAction,
    Policy,
    PolicyChange,
    PolicyReview,
    PolicyVersion,
)
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.policies.flow import AT, DAY, TODAY, draft, in_force

HERE = f"/schools/{everybody.OWN}/"
WORDS = "Who this is for\n\nAll <b>of</b> us.\n\n- Knock first"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def day(name: str, on: date) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def test_a_policy_is_clicked_through(cast: Cast):  # noqa: PLR0915  # one policy, from one screen to the next
    head, clerk, teacher = (cast.client(each) for each in ("headteacher", "clerk", "teacher"))
    assert "Add the policy that is asked for" in head.get(f"{HERE}policies/").content.decode()
    assert "not yet checked" in teacher.get(f"{HERE}policies/required").content.decode()
    assert "Charging and remissions" in head.get(f"{HERE}policies/add?required=charging").content.decode()
    told = {"title": "Visitors", "required": "charging", "owner": cast.people["middle_leader"].pk, "months": "12",
            "approver": "board", "asks": "posts", "days_to_read": "14", "once": str(uuid4())}  # fmt: skip
    assert "Choose which posts read it" in head.post(f"{HERE}policies/add", told).content.decode()
    made = head.post(f"{HERE}policies/add", {**told, "asked_posts": ["teacher"]})
    key = Policy.objects.get().pk
    assert made["Location"] == f"{HERE}policies/{key}/draft"
    assert head.get(f"{HERE}policies/{key}/change").status_code == 200
    again = {**told, "asks": "all", "version": 1}
    assert head.post(f"{HERE}policies/{key}/change", again).status_code == 302
    assert teacher.get(f"{HERE}policies/{key}").status_code == 404
    assert "Write its words" in head.get(f"{HERE}policies/{key}").content.decode()
    assert head.get(f"{HERE}policies/{key}/draft").status_code == 200
    assert head.post(f"{HERE}policies/{key}/draft", {"words": WORDS}).status_code == 302
    text = PolicyVersion.objects.get().pk
    assert head.get(f"{HERE}policies/texts/{text}/words").status_code == 200
    assert head.post(f"{HERE}policies/texts/{text}/words", {"words": WORDS, "version": 1}).status_code == 302
    assert "Offer it for approval" in head.get(f"{HERE}policies/texts/{text}").content.decode()
    assert head.post(f"{HERE}policies/texts/{text}/offer", {"version": ""}).status_code == 400
    assert head.post(f"{HERE}policies/texts/{text}/offer", {"version": 2}).status_code == 302
    assert "Visitors" in clerk.get(f"{HERE}policies/?show=drafted").content.decode()
    assert head.get(f"{HERE}policies/texts/{text}/approve").status_code == 403
    assert clerk.get(f"{HERE}policies/texts/{text}/approve").status_code == 200
    approved = {"meeting": "Full board", "once": str(uuid4()), "version": 3}
    late = clerk.post(f"{HERE}policies/texts/{text}/approve", {**approved, **day("on", TODAY + DAY)})
    assert "cannot be in the future" in late.content.decode()
    assert clerk.post(f"{HERE}policies/texts/{text}/approve", {**approved, **day("on", TODAY)}).status_code == 302
    assert head.get(f"{HERE}policies/texts/{text}/bring").status_code == 200
    early = head.post(f"{HERE}policies/texts/{text}/bring", {"version": 4, **day("on", TODAY - DAY)})
    assert "they hold from that day or later" in early.content.decode()
    assert head.post(f"{HERE}policies/texts/{text}/bring", {"version": 4, **day("on", TODAY)}).status_code == 302
    shown = teacher.get(f"{HERE}policies/{key}").content.decode()
    for words in ("All &lt;b&gt;of&lt;/b&gt; us.", "<li>Knock first</li>", "I have read it", "Version 1 approved"):
        assert words in shown
    assert "Visitors" in teacher.get(f"{HERE}to-read/").content.decode()
    assert teacher.post(f"{HERE}policies/texts/{text}/read").status_code == 302
    assert Acknowledgement.objects.count() == 1
    assert "You read it on" in teacher.get(f"{HERE}to-read/").content.decode()
    assert "Liam Office-Example" in head.get(f"{HERE}policies/{key}").content.decode()
    assert teacher.get(f"{HERE}policies/texts/{text}/document").content[:5] == b"%PDF-"
    assert teacher.get(f"{HERE}policies/texts/{text}/document?as=word").content[:2] == b"PK"
    before, today = day("on", TODAY - DAY), day("on", TODAY)
    assert (
        "no words of this policy were in force"
        in teacher.get(f"{HERE}policies/{key}/on-a-day", before).content.decode()
    )
    assert "version 1" in teacher.get(f"{HERE}policies/{key}/on-a-day", today).content.decode()
    assert head.post(f"{HERE}policies/{key}/review", {}).status_code == 400
    assert head.post(f"{HERE}policies/{key}/review", {"once": str(uuid4())}).status_code == 302
    review = PolicyReview.objects.get().pk
    assert clerk.get(f"{HERE}policies/reviews/{review}/approve").status_code == 200
    kept = {"meeting": "Full board", "once": str(uuid4()), **today}
    assert clerk.post(f"{HERE}policies/reviews/{review}/approve", kept).status_code == 302
    assert "Kept without change" in teacher.get(f"{HERE}policies/{key}").content.decode()
    assert head.post(f"{HERE}policies/{key}/withdraw", {"version": 2}).status_code == 302
    assert "It was withdrawn on" in teacher.get(f"{HERE}policies/{key}").content.decode()
    assert "Visitors" in teacher.get(f"{HERE}policies/?show=withdrawn").content.decode()


def test_whoever_writes_second_keeps_their_words_and_sees_the_others(cast: Cast):
    key, first = in_force(cast, at=AT - DAY)
    head = cast.client("headteacher")
    mine = draft(cast, key, "We ring the bell twice.", "business_manager")
    twice = head.post(f"{HERE}policies/{key}/draft", {"words": "We ring the bell once."})
    assert twice.status_code == 409
    said = twice.content.decode()
    assert "Somebody saved other words while you were writing" in said
    assert "We ring the bell once." in said
    assert f'action="{HERE}policies/texts/{mine}/words"' in said
    stale = head.post(f"{HERE}policies/texts/{mine}/words", {"words": "Mine", "version": 9})
    assert (stale.status_code, PolicyVersion.objects.get(pk=mine).words) == (409, "We ring the bell twice.")
    assert head.post(f"{HERE}policies/texts/{mine}/words", {"words": "Mine", "version": 1}).status_code == 302
    compared = head.get(f"{HERE}policies/{key}/compare?before={first}&after={mine}").content.decode()
    assert "<del>" in compared
    assert "From version 1 to version 2." in compared
    assert "From version 1 to version 2." in head.get(f"{HERE}policies/{key}/compare?before=x").content.decode()


def test_the_heads_own_approval_is_one_press(cast: Cast):
    key, _ = in_force(cast, at=AT - DAY)
    head = cast.client("headteacher")
    waits = draft(cast, key, "Next")
    assert "as headteacher" in head.get(f"{HERE}policies/texts/{waits}/approve").content.decode()
    sent = {"once": str(uuid4()), "version": 1}
    assert head.post(f"{HERE}policies/texts/{waits}/approve", sent).status_code == 302
    assert PolicyVersion.objects.get(pk=waits).stage == "approved"


def test_a_change_is_clicked_through(cast: Cast):
    head, teacher = cast.client("headteacher"), cast.client("teacher")
    policy, _ = in_force(cast)
    assert "Note the last change" in head.get(f"{HERE}changes-in-policy/").content.decode()
    assert head.get(f"{HERE}changes-in-policy/note").status_code == 200
    told = {"title": "Visitors sign in", "origin": "local", "source": "A letter", "means": "A <book>",
            "link": "https://example.org/letter", "once": str(uuid4())}  # fmt: skip
    assert head.post(f"{HERE}changes-in-policy/note", told).status_code == 302
    key = PolicyChange.objects.get().pk
    assert head.get(f"{HERE}changes-in-policy/{key}/edit").status_code == 200
    assert head.post(f"{HERE}changes-in-policy/{key}/edit", {**told, "version": 1}).status_code == 302
    assert head.get(f"{HERE}changes-in-policy/{key}/duty").status_code == 200
    asked = {"words": "A book", "answer": "policy", "once": str(uuid4())}
    assert "Choose the policy" in head.post(f"{HERE}changes-in-policy/{key}/duty", asked).content.decode()
    none = head.post(f"{HERE}changes-in-policy/{key}/duty", {**asked, "answer": "none"})
    assert "Say why it does not touch us" in none.content.decode()
    good = {**asked, "policy": policy, **day("due_on", TODAY - DAY)}
    assert head.post(f"{HERE}changes-in-policy/{key}/duty", good).status_code == 302
    asks = Duty.objects.get().pk
    assert head.get(f"{HERE}changes-in-policy/duties/{asks}/edit").status_code == 200
    assert head.post(f"{HERE}changes-in-policy/duties/{asks}/edit", {**good, "version": 1}).status_code == 302
    assert head.get(f"{HERE}changes-in-policy/duties/{asks}/act").status_code == 200
    does = {"what": "Buy it", "owner": cast.people["teacher"].pk, "once": str(uuid4()), **day("due_on", TODAY - DAY)}
    assert head.post(f"{HERE}changes-in-policy/duties/{asks}/act", does).status_code == 302
    doing = DutyAction.objects.get().pk
    assert head.get(f"{HERE}changes-in-policy/actions/{doing}/edit").status_code == 200
    assert head.post(f"{HERE}changes-in-policy/actions/{doing}/edit", {**does, "version": 1}).status_code == 302
    shown = teacher.get(f"{HERE}changes-in-policy/{key}").content.decode()
    for words in ("A &lt;book&gt;", "Overdue: Buy it", "Nobody answers for it", "Say how far it is"):
        assert words in shown
    overdue = teacher.get(f"{HERE}policies/overdue?what=action").content.decode()
    assert "Buy it" in overdue
    assert "Well kept" not in overdue
    assert teacher.get(f"{HERE}changes-in-policy/actions/{doing}/move").status_code == 200
    wrong = teacher.post(f"{HERE}changes-in-policy/actions/{doing}/move", {"to": "done", "version": 2})
    assert "Say what was done" in wrong.content.decode()
    said = {"to": "done", "version": 2, "said": "Bought"}
    assert teacher.post(f"{HERE}changes-in-policy/actions/{doing}/move", said).status_code == 302
    assert "Bought" in teacher.get(f"{HERE}changes-in-policy/{key}").content.decode()
    assert "Visitors sign in" in teacher.get(f"{HERE}changes-in-policy/?show=local&start=0").content.decode()
    assert teacher.get(f"{HERE}changes-in-policy/actions/{doing}/edit").status_code == 403
