"""What staff say of themselves: theirs alone, deleted when taken back, gone with them, and no one else knows of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused, Unusable
from headship.core.models import AuditEvent
from headship.core.scope import installation_scope
from headship.equality import apart_actions
from headship.equality import apart_queries as queries
from headship.equality.apart_models import SaidOfSelf
from headship.people.leavers import ERASED
from headship.people.models import Person, Post
from headship.privacy import gathering, planning
from headship.project.modules import MODULES
from headship.standards import actions as standards
from tests import cast as everybody
from tests.house.source import SOURCE, python_files

pytestmark = pytest.mark.django_db
AT = timezone.now()
URL = reverse("about-you", kwargs={"urn": everybody.OWN})
TOLD = {"about_you.sex": "female", "about_you.disability": "disabled"}


@pytest.fixture
def cast(db):
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def say(cast, who="teacher", /, **said):
    told = {f"about_you.{code}": choice for code, choice in said.items()}
    apart_actions.say_of_self(by=cast.scope(who), at=AT, said=told)


def rows(cast, who="teacher"):
    return dict(SaidOfSelf.objects.filter(person=cast.people[who]).values_list("asked", "said"))


def test_a_teacher_says_changes_and_takes_back(cast):
    client = cast.client("teacher")
    assert "You have answered nothing." in client.get(URL).text
    assert client.post(URL, {"sex": "female", "disability": "disabled"}).status_code == 302
    assert rows(cast) == TOLD
    mark = SaidOfSelf.objects.get(asked="about_you.sex").mark
    page = client.get(URL).text
    assert "You have answered 2 of 6." in page
    assert re.search(r'name="disability"[^>]*value="disabled"[^>]*checked', page)
    client.post(URL, {"sex": "female", "age": "30_to_39"})
    assert rows(cast) == {"about_you.sex": "female", "about_you.age": "30_to_39"}
    assert SaidOfSelf.objects.get(asked="about_you.sex").mark == mark  # what stands keeps its mark
    client.post(URL, {"sex": "male"})
    assert rows(cast) == {"about_you.sex": "male"}
    assert SaidOfSelf.objects.get().mark != mark  # said otherwise, it is another answer
    client.post(URL, {"sex": "rather_not"})
    assert not SaidOfSelf.objects.exists()


def test_the_page_says_why_who_and_that_empty_is_fine(cast):
    page = " ".join(re.sub(r"<[^>]+>", " ", cast.client("teacher").get(URL).text).split())
    for words in (
        "Leaving it empty has no consequence",
        "Nobody at the school reads an answer, nor whether you gave one",
        "never of fewer than 5 people",
        "Whoever operates the server could read the database",
        "Gender reassignment, pregnancy and maternity, and marriage are protected too. They are not asked",
        "not yet checked",
        "I would rather not say",
    ):
        assert words in page


def test_what_is_not_offered_is_refused_where_it_stands(cast):
    answer = cast.client("teacher").post(URL, {"sex": "female", "age": "ancient"})
    assert answer.status_code == 200
    assert "Age: choose one of these, or that you would rather not." in answer.text
    assert rows(cast) == {}
    for wrong in ({"sex": "ancient"}, {"height": "tall"}):
        with pytest.raises(Unusable, match="Choose one of the answers"):
            say(cast, **wrong)


def test_only_staff_and_each_their_own(cast):
    say(cast, sex="female", religion="sikh")
    say(cast, "middle_leader", sex="male")
    assert queries.own(cast.scope("middle_leader")) == {"about_you.sex": "male"}
    say(cast, "middle_leader")
    assert rows(cast) == {"about_you.sex": "female", "about_you.religion": "sikh"}
    for who in ("chair", "governor", "external_adviser", "data_protection_officer", "administrator"):
        assert cast.client(who).get(URL).status_code == 403
        with pytest.raises(Refused, match="on the staff here"):
            say(cast, who, sex="male")
        with pytest.raises(Refused):
            queries.own(cast.scope(who))
    for who in ("chair", "senior_leader", "teacher"):
        with pytest.raises(Refused, match="headteacher alone"):
            queries.answers(cast.scope(who), [cast.people["teacher"].pk])
        with pytest.raises(Refused, match="headteacher alone"):
            queries.earlier(cast.scope(who))
        with pytest.raises(Refused, match="headteacher alone"):
            queries.released(cast.scope(who), 2020)


def test_two_schools_are_two_answers(cast):
    Post.objects.create(person=cast.people["two_schools"], school=cast.other, role="teacher", starts_on=AT.date())
    say(cast, "two_schools", sex="female")
    assert queries.own(cast.scope("two_schools", "other")) == {}


def test_no_log_says_that_anybody_answered(cast):
    before = AuditEvent.objects.count()
    say(cast, sex="female")
    say(cast)
    apart_actions.forget(AT)
    assert AuditEvent.objects.count() == before


def test_it_is_in_their_own_file_and_in_no_other(cast):
    say(cast, religion="sikh")
    subject = gathering.subject_of(cast.people["teacher"])
    own = [part for part in gathering.gather(subject, None).parts if part.model == "equality.SaidOfSelf"]
    assert [("Said", "sikh") in row for row in own[0].rows] == [True]
    for who in ("headteacher", "data_protection_officer"):
        compiled = gathering.gather(subject, cast.school.pk, reader=cast.scope(who))
        assert "equality.SaidOfSelf" not in {part.model for part in compiled.parts}
        assert "sikh" not in repr(compiled)


def test_whoever_approves_an_erasure_is_not_told_of_it(cast):
    say(cast, religion="sikh")
    plan = planning.plan_for_person(cast.school.pk, cast.people["teacher"], AT.date())
    assert "equality.SaidOfSelf" not in {step.model for step in (*plan.steps, *plan.stays)}


@pytest.mark.parametrize("post", ["ended", "no staff", "erased"])
def test_it_is_gone_within_a_day_of_leaving(cast, post):
    say(cast, sex="female")
    say(cast, "middle_leader", sex="male")
    held = Post.objects.filter(person=cast.people["teacher"])
    if post == "ended":
        held.update(ends_on=AT.date() - timedelta(days=1))
    elif post == "no staff":
        held.update(role="governor")
    else:
        Person.objects.filter(pk=cast.people["teacher"].pk).update(name=ERASED)
    said = next(each for each in MODULES if each.name == "equality").upkeep[0].run(AT)
    assert (rows(cast), rows(cast, "middle_leader")) == ({}, {"about_you.sex": "male"})
    assert not re.search(r"\d", said)  # of how many is told to nobody


def test_a_post_elsewhere_does_not_keep_it_here(cast):
    say(cast, "two_schools", sex="female")
    Post.objects.filter(person=cast.people["two_schools"], school=cast.school).update(ends_on=AT.date() - timedelta(1))
    Post.objects.filter(person=cast.people["two_schools"], school=cast.other).update(role="teacher")
    apart_actions.forget(AT)
    assert not SaidOfSelf.objects.exists()


def test_it_stays_on_the_last_day_of_a_post(cast):
    say(cast, sex="female")
    Post.objects.filter(person=cast.people["teacher"]).update(ends_on=AT.date())
    apart_actions.forget_leavers(by=cast.scope("headteacher"), at=AT)
    assert rows(cast) == {"about_you.sex": "female"}


def test_a_deleted_person_takes_it_along(cast):
    made = Person.objects.create(name="Wren Brief-Example", email="wren@people.example", created_at=AT)
    SaidOfSelf.objects.create(school=cast.school, person=made, asked="about_you.sex", said="male")
    made.delete()
    assert not SaidOfSelf.objects.exists()


def test_no_other_application_names_these_tables():
    """Import-linter holds imports of their module; this holds the other ways to a table."""
    apart = re.compile(r"apart_models|SaidOfSelf|FairnessCounted|FairnessShown|FairnessRelease\b")
    named = {path.relative_to(SOURCE).parts[0] for path in python_files() if apart.search(path.read_text())}
    assert named == {"equality"}


def test_no_program_and_no_list_reaches_it():
    inside = [path for path in python_files("equality") if re.search(r"SaidOfSelf", path.read_text())]
    names = {path.name for path in inside if "migrations" not in path.parts}
    assert names == {"apart_models.py", "apart_actions.py", "apart_queries.py", "module.py"}
