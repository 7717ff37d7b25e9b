"""Who may give, change and end which post, and who may name whom: each right with its refusal."""

from dataclasses import replace

import pytest

from headship.core.roles import Role
from headship.core.visibility import opened_by
from headship.people import rules
from headship.people.choices import Kind
from headship.people.models import Post
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    return cast.build()


def post_of(everybody, persona):
    return Post.objects.get(person=everybody.people[persona])


@pytest.mark.parametrize(
    ("persona", "may"),
    [
        ("headteacher", {"senior_leader", "middle_leader", "teacher", "support_staff", "safeguarding_lead",
                         "business_manager", "office", "administrator", "authority_leader", "data_protection_officer"}),
        ("chair", {"headteacher", "chair", "governor", "clerk", "external_adviser"}),
        ("clerk", {"governor"}),
        ("senior_leader", {"middle_leader", "teacher", "support_staff", "office"}),
        ("office", {"teacher", "support_staff", "office"}),
        ("trust_leader", {"trust_leader"}),
        *[(persona, set()) for persona in ("governor", "external_adviser", "middle_leader", "teacher", "support_staff",
          "safeguarding_lead", "business_manager", "authority_leader", "administrator", "data_protection_officer")],
    ],
)  # fmt: skip
def test_who_may_give_which_post(everybody, persona, may):
    scope = everybody.scope(persona)
    assert {str(role) for role in Role if rules.grant(scope, role) is None} == may
    assert (rules.invite(scope) is None) == bool(may)


def test_nobody_gives_a_post_that_opens_more_than_their_own_but_the_one_the_law_settles():
    for giver, given in rules.GRANTS.items():
        for role in given - {Role.HEADTEACHER}:
            assert opened_by({role}) <= opened_by({giver}), (giver, role)
    assert {giver for giver, given in rules.GRANTS.items() if Role.HEADTEACHER in given} == {Role.CHAIR}


def test_the_first_leader_of_a_trust_is_invited_by_the_installation(everybody):
    trust = everybody.scope("trust_leader").place
    operator = replace(everybody.scope("operator"), place=trust)
    assert rules.grantable(operator) == {Role.TRUST_LEADER}


def test_every_post_can_be_given_by_somebody():
    given = set().union(*rules.GRANTS.values()) | rules.OPERATOR_GRANTS | rules.TRUST_GRANTS
    assert given == set(Role)


def test_refusals_say_who_can(everybody):
    teacher = everybody.scope("teacher")
    said = {role: rules.grant(teacher, role) for role in Role}
    assert "chair of governors" in said[Role.HEADTEACHER]
    assert "leader of the trust" in said[Role.CHAIR]
    assert "chair" in said[Role.GOVERNOR]
    assert "given by the headteacher" in said[Role.SENIOR_LEADER]
    assert "school office" in said[Role.TEACHER]


@pytest.mark.parametrize("persona", ["headteacher", "teacher", "chair"])
def test_nobody_ends_or_changes_their_own_post(everybody, persona):
    scope, post = everybody.scope(persona), post_of(everybody, persona)
    assert rules.end_post(scope, post) == "Nobody ends their own post. Ask whoever gave it to you."
    assert rules.change_role(scope, post, Role.TEACHER) == "Nobody changes their own post. Ask whoever gave it to you."


def test_the_chair_ends_the_headteachers_post_and_no_teachers(everybody):
    chair = everybody.scope("chair")
    assert rules.end_post(chair, post_of(everybody, "headteacher")) is None
    assert "school office" in rules.end_post(chair, post_of(everybody, "teacher"))


def test_an_administrator_ends_posts_but_not_the_two_at_the_top_and_gives_none(everybody):
    administrator = everybody.scope("administrator")
    assert rules.end_post(administrator, post_of(everybody, "teacher")) is None
    assert rules.end_post(administrator, post_of(everybody, "headteacher")) is not None
    assert rules.end_post(administrator, post_of(everybody, "chair")) is not None
    assert rules.change_role(administrator, post_of(everybody, "teacher"), Role.OFFICE) is not None
    assert rules.withdraw_invitation(administrator, Role.TEACHER) is None


def test_the_office_cannot_raise_a_teacher_to_leader(everybody):
    office = everybody.scope("office")
    assert rules.change_role(office, post_of(everybody, "teacher"), Role.SUPPORT_STAFF) is None
    assert "headteacher" in rules.change_role(office, post_of(everybody, "teacher"), Role.SENIOR_LEADER)
    assert "headteacher" in rules.change_role(office, post_of(everybody, "senior_leader"), Role.TEACHER)


def test_a_trust_gives_the_top_of_its_schools_alone(everybody):
    trust = everybody.scope("trust_leader")
    assert rules.grant_at_school_of_trust(trust, Role.HEADTEACHER) is None
    assert "All others are given at the school" in rules.grant_at_school_of_trust(trust, Role.TEACHER)
    assert rules.grant_at_school_of_trust(everybody.scope("headteacher"), Role.HEADTEACHER) is not None


@pytest.mark.parametrize(
    ("persona", "kinds"),
    [
        ("headteacher", {Kind.LINE_MANAGER, Kind.COACH}),
        ("senior_leader", {Kind.LINE_MANAGER, Kind.COACH}),
        ("chair", set()),
        ("governor", set()),
        ("teacher", set()),
        ("administrator", set()),
        ("data_protection_officer", set()),
    ],
)
def test_who_may_name_whom(everybody, persona, kinds):
    scope = everybody.scope(persona)
    assert set(rules.relatable(scope)) == kinds
    assert all("Ask" in rules.relate(scope, kind) for kind in set(Kind) - kinds)


def test_whoever_may_not_name_somebody_is_told_who_can(everybody):
    teacher = everybody.scope("teacher")
    assert {kind: rules.relate(teacher, kind) for kind in Kind} == {
        Kind.LINE_MANAGER: "The headteacher and senior leaders name a line manager. Ask one of them.",
        Kind.COACH: "The headteacher and senior leaders name a coach. Ask one of them.",
    }


@pytest.mark.parametrize(
    ("kind", "holder", "about", "fits"),
    [
        (Kind.COACH, {"teacher"}, {"middle_leader"}, True),
        (Kind.COACH, {"governor"}, {"teacher"}, False),
        (Kind.COACH, {"teacher"}, {"governor"}, False),
        (Kind.COACH, set(), {"teacher"}, False),
    ],
)
def test_which_posts_allow_which_relationship(kind, holder, about, fits):
    refusal = rules.fits(kind, holder, about)
    assert (refusal is None) is fits


def test_governors_see_leaders_by_name_and_teachers_as_figures(everybody):
    governor = everybody.scope("governor")
    assert rules.see_person(governor, post_of(everybody, "headteacher")) is None
    assert "figures" in rules.see_person(governor, post_of(everybody, "teacher"))
    assert "figures" in rules.see_person(everybody.scope("authority_leader"), post_of(everybody, "headteacher"))
    assert rules.see_person(everybody.scope("teacher"), post_of(everybody, "governor")) is None
