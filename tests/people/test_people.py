"""Posts, invitations and relationships through their pages and actions, with what each reader must not see."""

import functools
import re
from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.core import mail
from django.core.cache import cache
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent
from headship.core.roles import Role
from headship.core.scope import installation_scope
from headship.evidence.models import Entry
from headship.people import actions, queries, relationship_actions
from headship.people.choices import Kind
from headship.people.models import Account, Invitation, Person, Post, Relationship
from headship.schools.models import Trust
from headship.standards import actions as standards
from tests import cast

pytestmark = pytest.mark.django_db
PASSWORD = "three random-words here"
COACH = "A coach was named for a middle leader."
EYES = ("headteacher", "senior_leader", "teacher", "middle_leader", "governor", "chair", "administrator")


@pytest.fixture(autouse=True)
def _light(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose
    cache.clear()
    standards.load_shipped(by=installation_scope(timezone.now()), at=timezone.now())


@pytest.fixture
def everybody():
    return cast.build()


def at_own(name, **kwargs):
    return reverse(name, kwargs={"urn": cast.OWN, **kwargs})


def post_of(everybody, persona):
    return Post.objects.filter(person=everybody.people[persona]).latest("pk")


def day_fields(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def last_day(day, thing):
    """Return the form that ends a post or a relationship, as whoever saw it sends it."""
    return {**day_fields("ends_on", day), "version": thing.version}


def invited(everybody, by="headteacher", role=Role.TEACHER, email="new@people.example"):
    scope = everybody.scope(by)
    return actions.invite(
        by=scope, at=timezone.now(), name="Uma New-Example", email=email, role=role, starts_on=timezone.localdate()
    )


def test_people_are_named_to_staff_and_counted_for_governors(everybody):
    staff = everybody.client("teacher").get(at_own("people")).text
    board = everybody.client("governor").get(at_own("people")).text
    authority = everybody.client("authority_leader").get(at_own("people")).text
    assert {"Hari Teacher-Example" in page for page in (staff,)} == {True}
    assert "Ada Headteacher-Example" in board
    assert "Hari Teacher-Example" not in board
    assert "Iris Support-Example" not in board
    assert "Posts you see as figures" in board
    assert "Headteacher-Example" not in authority
    for page in (staff, board, authority):
        assert "Petra Otherhead-Example" not in page
        assert "Samir Leaver-Example" not in page


@pytest.mark.parametrize("persona", ["leaver", "other_headteacher", "trust_leader", "operator"])
def test_who_holds_no_post_here_finds_nothing(everybody, persona):
    client = everybody.client(persona)
    for address in (
        at_own("people"),
        at_own("people-invite"),
        at_own("relationships"),
        at_own("people-post", post=post_of(everybody, "teacher").pk),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["people-post", "people-end-post", "people-change-role"])
def test_a_post_of_another_school_is_not_here(everybody, name):
    client = everybody.client("headteacher")
    address = at_own(name, post=post_of(everybody, "other_teacher").pk)
    assert client.get(address).status_code == 404
    assert client.post(address, day_fields("ends_on", timezone.localdate())).status_code == 404
    assert post_of(everybody, "other_teacher").ends_on is None


def test_a_governor_cannot_open_a_teachers_post(everybody):
    answer = everybody.client("governor").get(at_own("people-post", post=post_of(everybody, "teacher").pk))
    assert answer.status_code == 403
    assert "figures of this school, not names" in answer.text
    assert "Hari" not in answer.text


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_of_people_costs_the_same_for_one_and_three(everybody, more, django_assert_num_queries):
    for number in range(1 + more):
        person = Person.objects.create(name=f"Extra {number}-Example", created_at=timezone.now())
        Post.objects.create(person=person, school=everybody.school, role=Role.TEACHER, starts_on=timezone.localdate())
        invited(everybody, email=f"extra{number}@people.example")
    client = everybody.client("headteacher")
    with django_assert_num_queries(5):  # session, account, scope, posts, invitations
        page = client.get(at_own("people"))
    assert page.text.count("Extra ") == 1 + more


def test_an_invitation_from_letter_to_first_page(everybody):
    client = everybody.client("headteacher")
    day = timezone.localdate()
    asked = {"name": "Uma New-Example", "email": "Uma@people.example", "role": "teacher", "title": "Year 3"}
    answer = client.post(at_own("people-invite"), asked | day_fields("starts_on", day), follow=True)
    link = re.search(r"http://testserver(/invitations/\S+/)", mail.outbox[0].body)[1]
    assert mail.outbox[0].to == ["uma@people.example"]
    assert link in answer.text
    assert link not in client.get(answer.request["PATH_INFO"]).text
    assert not Invitation.objects.filter(token_hash__contains=link.split("/")[2]).exists()
    newcomer = Client()
    page = newcomer.get(link)
    assert "You are invited to Example Brook Primary" in page.text
    assert newcomer.post(link, {"password": "short"}).status_code == 200
    assert newcomer.post(link, {"password": PASSWORD})["Location"] == "/"
    account = Account.objects.get(email="uma@people.example")
    assert newcomer.session["_auth_user_id"] == str(account.pk)
    assert newcomer.get(at_own("people"))["Location"] == reverse("mfa_index")
    scope = queries.scope_for(account, "school", cast.OWN, at=timezone.now())
    assert scope.roles == {Role.TEACHER}
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password": PASSWORD}).status_code == 404


def test_an_invitation_works_once_and_not_too_late(everybody):
    made = invited(everybody)
    at = timezone.now()
    scope = queries.scope_of(queries.invitation_by(made.token, at=at), at=at)
    late = at + timedelta(days=15)
    with pytest.raises(Stale):
        actions.accept_invitation(by=scope, at=late, token=made.token, password=PASSWORD)
    actions.accept_invitation(by=scope, at=at, token=made.token, password=PASSWORD)
    with pytest.raises(Stale):
        actions.accept_invitation(by=scope, at=at, token=made.token, password=PASSWORD)
    assert Post.objects.filter(person__email="new@people.example").count() == 1


def test_somebody_with_an_account_gains_the_post_after_signing_in(everybody):
    made = invited(everybody, email="other.teacher@people.example")
    link = reverse("invitation", kwargs={"token": made.token})
    page = Client().get(link)
    assert f"{reverse('account_login')}?next={link}" in page.text
    assert 'name="password"' not in page.text
    stranger = everybody.client("two_schools")
    stranger.post(link)
    assert Invitation.objects.get().accepted_at is None
    client = everybody.client("other_teacher")
    assert client.get(link).status_code == 200
    assert client.post(link)["Location"] == "/"
    scope = everybody.scope("other_teacher", "own")
    assert [place.key for place in scope.other_places] == [cast.OTHER]
    assert client.get("/")["Location"] == reverse("places")


def test_an_account_cannot_take_up_an_invitation_for_another_address(everybody):
    made = invited(everybody)
    at = timezone.now()
    scope = queries.scope_of(made.invitation, at=at)
    with pytest.raises(Refused):
        actions.accept_invitation_signed_in(
            by=scope, at=at, token=made.token, account_id=everybody.accounts["other_teacher"].pk
        )
    assert Invitation.objects.get().accepted_at is None


def test_a_letter_sent_anew_replaces_the_old_and_a_withdrawn_one_is_dead(everybody):
    made = invited(everybody)
    client = everybody.client("administrator")
    letter = at_own("people-letter", invitation=made.invitation.pk)
    assert client.get(at_own("people-renew", invitation=made.invitation.pk))["Location"] == letter
    client.post(at_own("people-renew", invitation=made.invitation.pk))
    again = re.search(r"/invitations/(\S+)/", mail.outbox[0].body)[1]
    at = timezone.now()
    assert queries.invitation_by(made.token, at=at) is None
    assert queries.invitation_by(again, at=at) == made.invitation
    client.get(at_own("people-withdraw", invitation=made.invitation.pk))
    assert queries.invitation_by(again, at=at) == made.invitation
    client.post(at_own("people-withdraw", invitation=made.invitation.pk))
    assert queries.invitation_by(again, at=at) is None


def test_an_administrator_sends_a_letter_anew_but_never_holds_it(everybody):
    """Whoever holds a letter can take up the post in it, and administrators give none."""
    made = invited(everybody, by="chair", role=Role.GOVERNOR)
    for persona, holds in (("administrator", False), ("chair", True)):
        client = everybody.client(persona)
        answer = client.post(at_own("people-renew", invitation=made.invitation.pk), follow=True)
        token = re.search(r"/invitations/(\S+)/", mail.outbox[-1].body)[1]
        assert (token in answer.text, answer.status_code) == (holds, 200)
        assert (token in str(dict(client.session))) is False


def test_a_name_of_several_lines_writes_no_letter_of_its_own(everybody):
    Person.objects.filter(pk=everybody.people["headteacher"].pk).update(name="Ada\r\nBcc: eve@evil.example")
    today = timezone.localdate()
    asked = {"name": "Uma\r\n\r\nOpen http://evil.example", "email": "u@people.example", "role": "teacher"}
    day = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    assert everybody.client("headteacher").post(at_own("people-invite"), asked | day).status_code == 302
    assert Invitation.objects.get().name == "Uma Open http://evil.example"
    letter = mail.outbox[0]
    assert letter.subject == "Headship: Ada Bcc: eve@evil.example invites you to Example Brook Primary"
    assert (letter.recipients(), list(letter.message().keys()).count("Bcc")) == (["u@people.example"], 0)


def test_a_letter_is_sent_anew_only_by_somebody_just_signed_in(everybody):
    made = invited(everybody)
    everybody.accounts["headteacher"].set_password(PASSWORD)
    everybody.accounts["headteacher"].save()
    client = everybody.client("headteacher")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 11 * 60
    session.save()
    client.post(at_own("people-renew", invitation=made.invitation.pk))
    assert queries.invitation_by(made.token, at=timezone.now()) == made.invitation


def test_an_administrator_ends_a_post_and_makes_none_longer(everybody):
    today = timezone.localdate()
    post = Post.objects.get(person=everybody.people["teacher"], school=everybody.school)
    end = functools.partial(actions.end_post, by=everybody.scope("administrator"), at=timezone.now(), post_id=post.pk)
    end(ends_on=today + timedelta(days=9), version=post.version)
    post.refresh_from_db()
    end(ends_on=today + timedelta(days=8), version=post.version)
    post.refresh_from_db()
    with pytest.raises(Refused):
        end(ends_on=today + timedelta(days=10), version=post.version)
    post.refresh_from_db()
    assert post.ends_on == today + timedelta(days=8)


@pytest.mark.parametrize(
    ("persona", "role"),
    [
        ("teacher", Role.TEACHER),
        ("headteacher", Role.GOVERNOR),
        ("office", Role.SENIOR_LEADER),
        ("administrator", Role.TEACHER),
    ],
)
def test_inviting_beyond_ones_powers_is_refused_and_leaves_nothing(everybody, persona, role):
    with pytest.raises(Refused):
        invited(everybody, by=persona, role=role)
    assert Invitation.objects.count() == 0
    asked = {
        "name": "Uma",
        "email": "u@people.example",
        "role": str(role),
        **day_fields("starts_on", timezone.localdate()),
    }
    answer = everybody.client(persona).post(at_own("people-invite"), asked)
    assert answer.status_code in {200, 403}
    assert Invitation.objects.count() == 0
    assert mail.outbox == []


def test_only_those_who_may_invite_see_who_is_invited(everybody):
    made = invited(everybody)
    for persona, sees in (("headteacher", True), ("office", True), ("teacher", False), ("governor", False)):
        client = everybody.client(persona)
        assert ("new@people.example" in client.get(at_own("people")).text) is sees
        letter = client.get(at_own("people-letter", invitation=made.invitation.pk))
        assert ("Uma New-Example" in letter.text) is sees
    other = Client()
    other.force_login(everybody.accounts["other_headteacher"])
    address = reverse("people-letter", kwargs={"urn": cast.OTHER, "invitation": made.invitation.pk})
    assert everybody.client("other_headteacher").get(address).status_code == 404


def test_a_changed_role_takes_effect_on_the_next_request(everybody):
    held = post_of(everybody, "teacher")
    client = everybody.client("headteacher")
    asked = {"role": "senior_leader", "title": "", "reason": "Appointed by the board"}
    answer = client.post(at_own("people-change-role", post=held.pk), asked | day_fields("on", timezone.localdate()))
    assert answer["Location"] == at_own("people")
    assert everybody.scope("teacher").roles == {Role.SENIOR_LEADER}
    assert "Appointed by the board" in client.get(at_own("people-post", post=post_of(everybody, "teacher").pk)).text
    entry = Entry.objects.get()
    assert (entry.kind, entry.words, entry.visibility) == (
        "people.appointment",
        "A senior leader was appointed.",
        "staff",
    )


def test_changes_of_roles_ask_for_a_fresh_factor(everybody):
    client = everybody.client("headteacher")
    everybody.accounts["headteacher"].set_password(PASSWORD)
    everybody.accounts["headteacher"].save()
    client = everybody.client("headteacher")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp() - 601}]
    session.save()
    for address in (
        at_own("people-invite"),
        at_own("people-change-role", post=post_of(everybody, "teacher").pk),
        at_own("people-end-post", post=post_of(everybody, "teacher").pk),
        at_own("relationship-start"),
    ):
        assert client.get(address)["Location"].startswith(reverse("account_reauthenticate"))


def test_an_ended_post_opens_nothing_the_day_after(everybody):
    held, today = post_of(everybody, "teacher"), timezone.localdate()
    client = everybody.client("headteacher")
    early = client.post(at_own("people-end-post", post=held.pk), last_day(held.starts_on - timedelta(1), held))
    assert "cannot end before it started" in early.text
    answer = client.post(at_own("people-end-post", post=held.pk), last_day(today - timedelta(1), held))
    assert answer.status_code == 302
    assert everybody.client("teacher").get(at_own("people")).status_code == 404
    assert AuditEvent.objects.filter(action="people.end_post", subject=f"people.Post:{held.pk}").count() == 1


def test_nobody_is_named_the_same_twice(everybody):
    start(everybody, "headteacher", Kind.COACH, "senior_leader", "teacher")
    with pytest.raises(Unusable, match="named so already"):
        start(everybody, "headteacher", Kind.COACH, "senior_leader", "teacher")
    start(everybody, "headteacher", Kind.LINE_MANAGER, "senior_leader", "teacher")
    assert Relationship.objects.count() == 2


def start(everybody, by, kind, holder, about):
    people = everybody.people
    return relationship_actions.start_relationship(
        by=everybody.scope(by),
        at=timezone.now(),
        kind=kind,
        holder_id=people[holder].pk,
        about_id=people[about].pk,
        starts_on=timezone.localdate(),
    )


def test_naming_a_coach_is_evidence_without_their_name(everybody):
    tie = start(everybody, "headteacher", Kind.COACH, "senior_leader", "middle_leader")
    start(everybody, "headteacher", Kind.LINE_MANAGER, "senior_leader", "middle_leader")
    entry = Entry.objects.get()
    assert (entry.words, entry.visibility, entry.source) == (COACH, "leaders", f"people.Relationship:{tie.pk}")
    assert "Example" not in entry.words


def test_nobody_is_tied_across_schools_or_by_those_who_may_not(everybody):
    with pytest.raises(Unusable):
        start(everybody, "headteacher", Kind.COACH, "other_teacher", "teacher")
    with pytest.raises(Unusable):
        start(everybody, "headteacher", Kind.COACH, "teacher", "teacher")
    with pytest.raises(Refused):
        start(everybody, "governor", Kind.COACH, "senior_leader", "teacher")
    assert Relationship.objects.count() == 0


def in_main(words, client):
    page = client.get(at_own("relationships")).text
    return words in page[page.index("<main") :]


def test_a_coaching_pair_is_seen_by_the_two_and_those_who_name(everybody):
    tie = start(everybody, "headteacher", Kind.COACH, "senior_leader", "teacher")
    seen = {persona: in_main("Hari Teacher-Example", everybody.client(persona)) for persona in EYES}
    assert [persona for persona, sees in seen.items() if sees] == ["headteacher", "senior_leader", "teacher"]
    end = at_own("relationship-end", relationship=tie.pk)
    assert everybody.client("teacher").get(end).status_code == 403
    assert everybody.client("headteacher").get(end).status_code == 200
    other = reverse("relationship-end", kwargs={"urn": cast.OTHER, "relationship": tie.pk})
    assert everybody.client("other_headteacher").get(other).status_code == 404
    day = timezone.localdate()
    assert everybody.client("headteacher").post(end, last_day(day - timedelta(1), tie)).status_code == 200
    assert everybody.client("headteacher").post(end, last_day(day, tie)).status_code == 302
    late = everybody.client("headteacher").post(end, last_day(day + timedelta(9), tie))
    assert (late.status_code, Relationship.objects.get().ends_on) == (409, day)


def test_naming_by_the_page(everybody):
    client, people, day = everybody.client("senior_leader"), everybody.people, timezone.localdate()
    page = client.get(at_own("relationship-start")).text
    assert "Hari Teacher-Example" in page
    asked = {"kind": "coach", "holder": people["middle_leader"].pk, "about": people["teacher"].pk}
    assert client.post(at_own("relationship-start"), asked | day_fields("starts_on", day)).status_code == 302
    wrong = asked | {"about": people["governor"].pk} | day_fields("starts_on", day)
    assert "are both on the staff of this school" in client.post(at_own("relationship-start"), wrong).text
    assert Relationship.objects.count() == 1


@pytest.mark.parametrize("kind", ["appraiser", "panel_member", "adviser"])
def test_who_appraises_is_neither_named_nor_ended_here_and_the_form_says_where(everybody, kind):
    people, day, client = everybody.people, timezone.localdate(), everybody.client("headteacher")
    assert everybody.client("chair").get(at_own("relationship-start")).status_code == 403
    page = client.get(at_own("relationship-start")).text
    assert "Who appraises is not named here." in page
    assert f'href="{at_own("staff-appraisal")}"' in page
    asked = {"kind": kind, "holder": people["senior_leader"].pk, "about": people["teacher"].pk}
    assert client.post(at_own("relationship-start"), asked | day_fields("starts_on", day)).status_code == 200
    assert Relationship.objects.count() == 0
    kept = Relationship.objects.create(
        school=everybody.school, holder=people["senior_leader"], about=people["teacher"], kind=kind, starts_on=day
    )
    assert queries.ties_here(everybody.scope("teacher")) == []
    for who in ("headteacher", "chair"):
        assert everybody.client(who).get(at_own("relationship-end", relationship=kept.pk)).status_code == 404
        at_chairs = everybody.client("chair").get(at_own("relationships")).text
    assert f'href="{at_own("head-appraisal")}"' in at_chairs


def test_an_account_page_says_what_each_post_opens(everybody):
    page = everybody.client("two_schools").get(reverse("account")).text
    assert "Teacher, Example Brook Primary" in page
    assert "Governor, Otherwise Hill Primary" in page
    assert Role.GOVERNOR.meaning in page


def test_home_leads_where_one_belongs(everybody):
    assert Client().get("/")["Location"] == reverse("account_login")
    assert str(cast.OWN) in everybody.client("teacher").get("/")["Location"]
    assert everybody.client("trust_leader").get("/")["Location"] == reverse("trust", kwargs={"trust": cast.TRUST_UID})
    for persona in ("two_schools", "operator", "leaver"):
        assert everybody.client(persona).get("/")["Location"] == reverse("places")
    assert "You hold no post" in everybody.client("leaver").get(reverse("places")).text


def test_a_trust_sees_figures_of_its_own_schools_and_no_names(everybody):
    page = everybody.client("trust_leader").get(reverse("trust", kwargs={"trust": cast.TRUST_UID})).text
    assert "Example Heath Secondary" in page
    assert "420" in page
    assert "Otherwise Hill Primary" not in page
    assert [name for name in re.findall(r"\w+ \w+-Example", page) if name != "Mina Trust-Example"] == []
    assert everybody.client("headteacher").get(reverse("trust", kwargs={"trust": cast.TRUST_UID})).status_code == 404


def test_a_trust_invites_heads_to_its_own_schools_only(everybody):
    client = everybody.client("trust_leader")
    address = reverse("trust-invite", kwargs={"trust": cast.TRUST_UID})
    asked = {
        "name": "Uma New-Example",
        "email": "u@people.example",
        "title": "",
        **day_fields("starts_on", timezone.localdate()),
    }
    assert client.post(address, asked | {"role": "headteacher", "school": cast.THIRD}).status_code == 302
    assert [(each.school_id, each.role) for each in Invitation.objects.all()] == [(everybody.third.pk, "headteacher")]
    assert client.post(address, asked | {"role": "headteacher", "school": cast.OTHER}).status_code == 200
    assert client.post(address, asked | {"role": "teacher", "school": cast.THIRD}).status_code == 200
    with pytest.raises(Refused):
        actions.invite_to_school_of_trust(
            by=everybody.scope("trust_leader"), at=timezone.now(), school_id=everybody.other.pk, name="U",
            email="v@people.example", role=Role.HEADTEACHER, starts_on=timezone.localdate(),
        )  # fmt: skip
    assert Invitation.objects.count() == 1


def test_set_up_opens_the_first_account_and_gives_the_first_post(everybody):
    at = timezone.now()
    nobody = installation_scope(at)
    account = actions.open_account(
        by=nobody, at=at, name="First", email="First@x.example", password=None, operator=True
    )
    post = actions.appoint(
        by=nobody, at=at, person_id=account.person_id, school_id=everybody.third.pk, role=Role.HEADTEACHER,
        starts_on=timezone.localdate(),
    )  # fmt: skip
    assert (account.email, account.is_operator, post.role) == ("first@x.example", True, "headteacher")
    with pytest.raises(Unusable):
        actions.open_account(by=nobody, at=at, name="First", email="first@x.example", password=None)
    with pytest.raises(Refused):
        actions.open_account(by=everybody.scope("headteacher"), at=at, name="F", email="g@x.example", password=None)
    with pytest.raises(Refused):
        actions.close_account(by=everybody.scope("headteacher"), at=at, account_id=account.pk)
    actions.close_account(by=nobody, at=at, account_id=account.pk)
    assert not Account.objects.get(pk=account.pk).is_active


def test_a_post_is_given_at_ones_own_school_only(everybody):
    with pytest.raises(Refused):
        actions.appoint(
            by=everybody.scope("headteacher"), at=timezone.now(), person_id=everybody.people["teacher"].pk,
            school_id=everybody.other.pk, role=Role.TEACHER, starts_on=timezone.localdate(),
        )  # fmt: skip
    assert queries.scope_for(everybody.accounts["teacher"], "school", cast.OTHER, at=timezone.now()) is None


def test_renewing_and_ending_are_refused_to_those_who_may_not(everybody):
    made = invited(everybody)
    teacher, at = everybody.scope("teacher"), timezone.now()
    with pytest.raises(Refused):
        actions.renew_invitation(by=teacher, at=at, invitation_id=made.invitation.pk)
    with pytest.raises(Refused):
        actions.withdraw_invitation(by=teacher, at=at, invitation_id=made.invitation.pk)
    tie = start(everybody, "headteacher", Kind.COACH, "senior_leader", "teacher")
    with pytest.raises(Refused):
        relationship_actions.end_relationship(
            by=teacher, at=at, relationship_id=tie.pk, ends_on=at.date(), version=tie.version
        )
    assert queries.invitation_by(made.token, at=at) == made.invitation
    assert Relationship.objects.get().ends_on is None


def test_signing_out_elsewhere_is_of_ones_own_account(everybody):
    account = actions.sign_out_elsewhere(by=everybody.scope("teacher"), at=timezone.now())
    assert account == everybody.accounts["teacher"]
    assert list(Account.objects.filter(sign_out_count=1)) == [account]


def test_inviting_a_governor_is_evidence_until_it_is_withdrawn(everybody):
    made = invited(everybody, by="chair", role=Role.GOVERNOR)
    entry = Entry.objects.get()
    assert (entry.words, entry.visibility) == ("A governor was invited to join the governing board.", "governors")
    actions.withdraw_invitation(by=everybody.scope("chair"), at=timezone.now(), invitation_id=made.invitation.pk)
    assert Entry.objects.filter(withdrawn_at=None).count() == 0


def test_an_operator_without_a_post_gives_a_schools_first_one(everybody):
    by = everybody.scope("operator", "")
    post = actions.appoint(
        by=by,
        at=by.at,
        person_id=everybody.people["leaver"].pk,
        school_id=everybody.third.pk,
        role=Role.CHAIR,
        starts_on=timezone.localdate(),
    )
    assert Post.objects.get(pk=post.pk).school_id == everybody.third.pk
    assert AuditEvent.objects.get(action="people.appoint").chain == everybody.third.pk


def test_posts_are_given_changed_and_ended_by_those_alone_who_may(everybody):
    teacher, at, today = everybody.scope("teacher"), timezone.now(), timezone.localdate()
    post = post_of(everybody, "office").pk
    for attempt in (
        lambda: actions.appoint(by=teacher, at=at, person_id=everybody.people["operator"].pk,
                                school_id=everybody.school.pk, role=Role.TEACHER, starts_on=today),
        lambda: actions.end_post(by=teacher, at=at, post_id=post, ends_on=today, version="None"),
        lambda: actions.change_role(by=teacher, at=at, post_id=post, role=Role.TEACHER, title="", on=today, reason="x"),
    ):  # fmt: skip
        with pytest.raises(Refused):
            attempt()
    left = post_of(everybody, "office")
    assert (left.role, left.ends_on) == (Role.OFFICE, None)
    assert not Post.objects.filter(person=everybody.people["operator"]).exists()


def test_a_trust_gives_its_schools_no_post_but_the_two_and_nobody_else_gives_those_from_there(everybody):
    for persona, role in (("trust_leader", Role.TEACHER), ("headteacher", Role.CHAIR)):
        with pytest.raises(Refused) as refused:
            actions.invite_to_school_of_trust(
                by=everybody.scope(persona), at=timezone.now(), school_id=everybody.third.pk, name="U",
                email="v@people.example", role=role, starts_on=timezone.localdate(),
            )  # fmt: skip
        assert str(refused.value).startswith("The trust gives the headteacher's and the chair's posts at its schools.")
    assert Invitation.objects.count() == 0


def test_who_is_nowhere_invites_nobody(everybody):
    with pytest.raises(Refused, match="Open the school"):
        actions.invite(
            by=everybody.scope("operator"), at=timezone.now(), name="U", email="v@people.example",
            role=Role.HEADTEACHER, starts_on=timezone.localdate(),
        )  # fmt: skip


def test_who_starts_later_holds_nothing_yet(everybody):
    newcomer, head = everybody.people["operator"], everybody.scope("headteacher")
    starts = timezone.localdate() + timedelta(days=1)
    Post.objects.create(person=newcomer, school=everybody.school, role=Role.TEACHER, starts_on=starts)
    assert newcomer.pk not in {each.person_id for each in queries.holders_here(head)}
    assert queries.roles_here(head, newcomer.pk) == frozenset()
    assert newcomer.pk in {each.person_id for each in queries.people_at(head).named}


def test_only_invitations_that_wait_are_listed_and_each_is_found_by_its_key(everybody):
    first, second, taken, withdrawn = (
        invited(everybody, email=f"{name}@people.example").invitation
        for name in ("first", "second", "taken", "withdrawn")
    )
    at, head = timezone.now(), everybody.scope("headteacher")
    Invitation.objects.filter(pk=taken.pk).update(accepted_at=at)
    Invitation.objects.filter(pk=withdrawn.pk).update(withdrawn_at=at)
    assert {each.pk for each in queries.invitations_here(head)} == {first.pk, second.pk}
    assert [queries.invitation_here(head, each.pk) for each in (first, second)] == [first, second]
    for gone in (taken, withdrawn):
        with pytest.raises(Http404):
            queries.invitation_here(head, gone.pk)


def test_a_governor_counts_those_they_do_not_see_by_name(everybody):
    here = queries.people_at(everybody.scope("governor"))
    assert not {each.role for each in here.named} & dict(here.counted).keys()
    assert dict(here.counted)[Role.TEACHER] == 2


def test_only_ones_own_tokens_are_listed_and_only_those_that_work_count(everybody):
    at, by = timezone.now(), everybody.scope("teacher")
    everybody.token("teacher")
    everybody.token("headteacher")
    everybody.token("teacher", revoked_at=at)
    everybody.token("teacher", expires_at=at - timedelta(hours=1))
    assert [each.person_id for each in queries.own_tokens(by)] == [by.person_id] * 3
    assert queries.working_tokens(by).count() == 1


def test_ties_are_seen_by_both_while_they_last_at_their_school(everybody):
    people, today = everybody.people, timezone.localdate()
    tie = {"kind": Kind.COACH, "holder": people["teacher"], "about": people["support_staff"], "starts_on": today}
    kept = Relationship.objects.create(school=everybody.school, **tie)
    over = Relationship.objects.create(
        school=everybody.school,
        **{**tie, "starts_on": today - timedelta(days=9)},
        ends_on=today - timedelta(days=1),
    )
    elsewhere = Relationship.objects.create(school=everybody.other, **tie)
    for persona in ("teacher", "support_staff", "headteacher"):
        assert [each.relationship_id for each in queries.ties_here(everybody.scope(persona))] == [kept.pk]
    assert queries.ties_here(everybody.scope("office")) == []
    assert queries.tie_here(everybody.scope("teacher"), kept.pk) == kept
    for gone in (over, elsewhere):
        with pytest.raises(Http404):
            queries.tie_here(everybody.scope("teacher"), gone.pk)


def test_who_is_something_to_somebody_counts_while_it_lasts_here_and_is_of_that_kind(everybody):
    people, today = everybody.people, timezone.localdate()
    names = ("headteacher", "teacher", "office", "middle_leader")
    kept, over, elsewhere, other_kind = (people[each] for each in names)
    sits = {"holder": people["support_staff"], "kind": Kind.COACH, "school": everybody.school, "starts_on": today}
    for changed in (
        {"about": kept},
        {"about": over, "starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=1)},
        {"about": elsewhere, "school": everybody.other},
        {"about": other_kind, "kind": Kind.LINE_MANAGER},
    ):
        Relationship.objects.create(**{**sits, **changed})
    here = everybody.scope("headteacher")
    holders = {each: queries.running_holders(here, Kind.COACH, each.pk) for each in (kept, over, elsewhere, other_kind)}
    assert holders == {kept: {people["support_staff"].pk}, over: set(), elsewhere: set(), other_kind: set()}


def test_a_change_of_post_sent_twice_changes_it_once(everybody):
    post = post_of(everybody, "teacher")
    change = functools.partial(
        actions.change_role, by=everybody.scope("headteacher"), at=timezone.now(), post_id=post.pk,
        role=Role.MIDDLE_LEADER, title="", on=timezone.localdate() + timedelta(days=1), reason="Leads science",
    )  # fmt: skip
    change()
    with pytest.raises(Unusable, match="before that change"):
        change()
    assert Post.objects.filter(person=post.person_id).count() == 2


def test_whoever_works_for_a_trust_without_leading_it_invites_nobody_there(everybody):
    Post.objects.create(
        person=everybody.people["teacher"], trust=everybody.trust, role=Role.OFFICE, starts_on=timezone.localdate()
    )
    address = reverse("trust-invite", kwargs={"trust": everybody.trust.uid})
    assert everybody.client("teacher").get(address).status_code == 403
    assert everybody.client("trust_leader").get(address).status_code == 200


def test_a_trusts_invitations_are_its_own_alone(everybody):
    now, scope = timezone.now(), everybody.scope("trust_leader")
    other = Trust.objects.create(uid=everybody.trust.uid + 1, name="Another Trust")

    def invite_to(number, **place):
        return Invitation.objects.create(
            name="U", email="u@people.example", role=Role.TRUST_LEADER, starts_on=now.date(), token_hash=str(number),
            invited_by=everybody.people["trust_leader"], invited_at=now, expires_at=now, **place,
        )  # fmt: skip

    own, *others = (
        invite_to(number, **place)
        for number, place in enumerate([{"trust": everybody.trust}, {"trust": other}, {"school": everybody.school}])
    )
    assert queries.invitations_here(scope) == [own]
    assert queries.invitation_here(scope, own.pk) == own
    for each in others:
        with pytest.raises(Http404):
            queries.invitation_here(scope, each.pk)
