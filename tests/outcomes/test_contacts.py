"""The contact of a school that chose to be visible to schools like it: seen there while it is on, and nowhere else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from headship.core import kept
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.outcomes import contact_actions as actions
from headship.outcomes import contact_queries as queries
from headship.outcomes.models import VisibleContact
from headship.schools.models import School
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import PERSONAS, Cast
from tests.outcomes.test_similar import values

AT = timezone.now()
CONTACT = {"name": "Sorrel Gate-Example", "role": "Deputy", "email": "sorrel@heath.example",
           "offer": "How we teach reading to late starters"}  # fmt: skip
SEEN = ("Sorrel Gate-Example", "sorrel@heath.example", "How we teach reading to late starters")
READERS = {
    "headteacher", "senior_leader", "safeguarding_lead", "business_manager", "middle_leader", "teacher",
    "support_staff", "office", "chair", "governor", "clerk", "two_schools",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    kept.forget()
    standards.load_shipped(by=installation_scope(AT), at=AT)
    built = everybody.build()
    School.objects.filter(pk__in=[built.school.pk, built.other.pk, built.third.pk]).update(phase="Secondary")
    for school in (built.school, built.other):
        values(School.objects.get(pk=school.pk))
    return built


def show(cast: Cast, persona: str = "other_headteacher", version: int = 0, **changed: str) -> None:
    actions.show_contact(by=cast.scope(persona), at=AT, version=version, **{**CONTACT, **changed})


def page(cast: Cast, persona: str) -> str:
    return cast.client(persona).get(reverse("similar", kwargs={"urn": everybody.OWN})).text


HERE = sorted(each for each, (_, posts) in PERSONAS.items() if ("own" in {at for at, _ in posts}) and each != "leaver")


@pytest.mark.parametrize("persona", HERE)
def test_staff_and_governors_of_a_school_like_it_see_it_while_it_is_on_and_nobody_once_it_is_off(cast, persona):
    assert not any(words in page(cast, persona) for words in SEEN)
    show(cast)
    told = page(cast, persona)
    assert [words in told for words in SEEN] == [persona in READERS] * 3
    given = cast.program(persona).get(f"/api/v1/schools/{everybody.OWN}/similar").text
    assert [words in given for words in SEEN] == [persona in READERS] * 3
    actions.hide_contact(by=cast.scope("other_headteacher"), at=AT, version=1)
    for text in (page(cast, persona), cast.program(persona).get(f"/api/v1/schools/{everybody.OWN}/similar").text):
        assert not any(words in text for words in SEEN)


def test_a_school_that_is_not_alike_or_has_not_joined_is_not_shown(cast: Cast):
    VisibleContact.objects.create(school=cast.third, shown_by=cast.people["chair"], shown_at=AT, **CONTACT)
    assert not any(words in page(cast, "headteacher") for words in SEEN)
    show(cast)
    School.objects.filter(pk=cast.other.pk).update(joined_at=None)
    kept.forget()
    assert not any(words in page(cast, "headteacher") for words in SEEN)


def test_it_is_evidence_while_it_is_on_and_nothing_is_left_once_it_is_off(cast: Cast):
    show(cast)
    show(cast, version=1, role="Head of reading")
    entry = Entry.objects.get()
    assert (entry.kind, entry.visibility) == ("outcomes.visible", "staff")
    assert VisibleContact.objects.get().role == "Head of reading"
    actions.hide_contact(by=cast.scope("other_headteacher"), at=AT, version=2)
    assert VisibleContact.objects.count() == Entry.objects.filter(withdrawn_at=None).count() == 0
    told = AuditEvent.objects.filter(chain=cast.other.pk).order_by("number").values_list("action", flat=True)
    assert list(told) == ["outcomes.show_contact", "outcomes.show_contact", "outcomes.hide_contact"]
    with pytest.raises(Unusable, match="nothing to switch off"):
        actions.hide_contact(by=cast.scope("other_headteacher"), at=AT, version=0)


@pytest.mark.parametrize("persona", sorted(set(HERE) - {"headteacher"}))
def test_only_the_headteacher_decides(cast: Cast, persona: str):
    with pytest.raises(Refused, match="headteacher's to decide"):
        show(cast, persona)
    with pytest.raises(Refused, match="headteacher's to decide"):
        actions.hide_contact(by=cast.scope(persona), at=AT, version=0)


@pytest.mark.parametrize("changed", [{"name": " "}, {"role": ""}, {"offer": ""}, {"email": "nobody"}])
def test_a_contact_is_whole_or_none(cast: Cast, changed: dict[str, str]):
    with pytest.raises(Unusable, match="Nothing was saved"):
        show(cast, **changed)
    assert queries.own(cast.scope("other_headteacher")) is None


def test_nobody_writes_over_what_they_have_not_seen(cast: Cast):
    show(cast)
    with pytest.raises(Stale):
        show(cast)
    with pytest.raises(Stale):
        actions.hide_contact(by=cast.scope("other_headteacher"), at=AT, version=2)


def test_the_pages_switch_it_on_and_off(cast: Cast):
    client = cast.client("headteacher")
    url, hide = (reverse(name, kwargs={"urn": everybody.OWN}) for name in ("similar-contact", "similar-contact-hide"))
    assert "Schools like ours see no contact of ours" in client.get(url).text
    assert "Enter a name" in client.post(url, {**CONTACT, "name": "", "version": 0}).text
    assert client.post(url, {**CONTACT, "version": 0}).status_code == 302
    assert "sorrel@heath.example" in client.get(url).text
    assert "Let schools like ours" not in page(cast, "teacher")
    assert "Let schools like ours see whom to write to" in page(cast, "headteacher")
    assert client.post(hide, {}).status_code == 400
    assert client.post(hide, {"version": 1}).status_code == 302
    assert VisibleContact.objects.count() == 0
