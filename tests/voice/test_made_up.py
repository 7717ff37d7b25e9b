"""Whoever runs a survey makes respondents up around one person, answers in their place, and takes those answers away.

Each attack is first let loose on the rule that counts heads, where it succeeds; then on what is built.
"""

import random
from collections import Counter
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client

from headship.analysis import disclosure_audit
from headship.core.errors import Refused, Unusable
from headship.core.visibility import Visibility
from headship.people import roster_actions
from headship.people.models import Person
from headship.voice import actions, known, made_up, mail_actions, queries, releasing
from headship.voice.choices import Known
from headship.voice.models import Comment, Figure
from headship.voice.sheets import Answers
from tests.voice import flow
from tests.voice.flow import AT

pytestmark = pytest.mark.django_db
QUESTION = next(each for each in flow.PULSE if each.code == "load")
WORDS = next(each for each in flow.PULSE if each.code == "one-thing")


def answered(group, known, *steps, words="", **more):
    return [Answers({"Post": group, **more}, {"load": step}, {"one-thing": words} if words else {}, known=known)
            for step in steps]  # fmt: skip


def released(answers):
    """Return what is shown, by group, of answers all of whom were asked."""
    asked = [each.groups for each in answers]
    named = [each.groups for each in answers if each.known != Known.NOBODY]
    cells = releasing.cells(answers, [QUESTION], 5, asked=asked, named=named)
    return {each.group or "all": each for each in cells if each.count is not None}


def counting_heads(answers):
    """The naive rule: everybody counts, whoever they are."""
    return released([Answers(each.groups, each.steps, each.words) for each in answers])


def taken_away(cell, own):
    """Return what the runner works out: the sum of a cell less their own answers, if one other is left."""
    return round(cell.mean * cell.count) - sum(step + 1 for step in own) if cell.count == len(own) + 1 else None


def test_codes_in_the_group_of_one_teacher():
    own = [0, 1, 2, 3]
    answers = answered("Teachers", "sure", 3) + answered("Teachers", "nobody", *own)
    assert taken_away(counting_heads(answers)["Teachers"], own) == 4  # the teacher's answer
    assert released(answers) == {}


def test_people_without_an_address_do_not_help_and_are_kept_from_one_another():
    own = [0, 1, 2, 4]
    answers = answered("Teachers", "unsure", 2, *own)
    assert taken_away(counting_heads(answers)["Teachers"], own) == 3
    assert released(answers) == {}


def test_one_left_between_everybody_and_a_group():
    """Everybody less the infants' team is one teacher and four who were made up."""
    infants, own = [0, 1, 2, 3, 4, 1, 2], [0, 1, 2, 3]
    answers = answered("Teachers", "sure", *infants, Team="Infants") + answered("Teachers", "sure", 4, Team="Juniors")
    answers += answered("Teachers", "unsure", *own, Team="Juniors")
    naive = counting_heads(answers)
    both = round(naive["all"].mean * naive["all"].count) - round(naive["Infants"].mean * naive["Infants"].count)
    assert both - sum(step + 1 for step in own) == 5
    assert {"all", "Infants"} - set(released(answers))  # one of the two is hidden


def test_one_who_has_no_address_beside_enough_who_count():
    """The ten who count stand in one team, the doubtful in another: their difference would be one real answer."""
    own = [0, 1, 2, 3]
    answers = answered("Teachers", "sure", *([0, 1, 2, 3, 4] * 2), Team="A")
    answers += answered("Teachers", "unsure", 4, *own, Team="B")
    naive = counting_heads(answers)
    assert taken_away(naive["B"], own) == 5
    assert not {"all", "A"} <= set(released(answers))
    assert "B" not in released(answers)


def test_made_up_answers_do_not_lift_the_mask_from_one_mind():
    """All five teachers chose one step. Parents' answers, that are known to whoever made them, hide it in the mean."""
    own = [0, 1, 2, 3, 4, 0]
    answers = answered("Teachers", "sure", *[4] * 5) + answered("Parents", "nobody", *own)
    naive = counting_heads([each for each in answers if each.groups["Post"] == "Parents"] + answers[:5])
    assert naive["Teachers"].nearly == 4
    found = released(answers)
    assert "all" not in found or found["all"].mean is None
    alone = releasing.cells(answers, [QUESTION], 5, asked=[each.groups for each in answers])
    whole = next(each for each in alone if not each.group)
    assert whole.nearly is None


def test_how_many_the_runner_adds_does_not_tell_that_all_chose_one_step():
    shown = []
    for fourth in (4, 3):
        answers = answered("Teachers", "sure", 4, 4, 4, 4, fourth) + answered("Parents", "nobody", *[4] * 40, *[0] * 5)
        shown.append(set(released(answers)) & {"all"})
    assert shown[0] == shown[1]


def test_nobody_is_isolated_whoever_is_real():
    """Random surveys: take away what the runner may have made up, and look at every difference of two cells."""
    chance, fell = random.Random(52), Counter()
    for _ in range(150):
        answers = []
        for _ in range(chance.randint(12, 30)):
            team, known = chance.choice("ABC"), chance.choices(["sure", "unsure"], [3, 2])[0]
            answers += answered(chance.choice(("Teachers", "Support")), known, chance.randint(0, 4), Team=team)
        for rule in (counting_heads, released):
            fell[rule.__name__] += _isolates(answers, rule(answers))
    assert fell["counting_heads"] > 20
    assert fell["released"] == 0


def _isolates(answers, cells):
    """Whether a cell, or a cell less one or two others, rests on one of the doubtful and fewer than five who count."""
    groups = np.array([[name == "all" or name in each.groups.values() for each in answers] for name in cells])
    sure = np.array([each.known == "sure" for each in answers])
    rows = [row.astype(int) for row in groups]
    made = rows + [one - two for one in rows for two in rows]
    made += [one - two - three for one in rows for two in rows for three in rows]
    return any(0 < np.count_nonzero(each[sure]) < 5 or (not each[sure].any() and each.any()) for each in made)


def test_one_comment_does_not_stand_beside_those_of_whoever_runs_it():
    own = answered("Teachers", "nobody", 1, 1, 1, 1, words="mine")
    answers = answered("Teachers", "sure", 2, words="My head bullies me") + own
    naive = [Answers(each.groups, each.steps, each.words) for each in answers]
    assert {each.words for each in releasing.written(naive, [WORDS], 5)} - {"mine"} == {"My head bullies me"}
    assert [*releasing.written(answers, [WORDS], 5)] == []
    apart = answered("Parents", "nobody", *[1] * 5, words="Ours") + answered("Teachers", "sure", 2, words="Mine")
    assert {each.words for each in releasing.written(apart, [WORDS], 5)} == {"Ours"}
    enough = answered("Teachers", "sure", *[1] * 5, words="Said") + answered("Teachers", "unsure", 2, words="Too")
    assert {each.words for each in releasing.written(enough, [WORDS], 5)} == {"Said", "Too"}


def test_how_many_answered_does_not_tell_whether_one_did():
    own = answered("Parents", "nobody", 1, 1, 1, 1, 1)
    both = own + answered("Teachers", "sure", 1)
    assert (len(both) - len(own), releasing.told(both, 5, named=True), releasing.told(own, 5, named=True)) == (
        1,
        None,
        None,
    )
    assert releasing.told(own, 5, named=False) == 5


def test_asked_again_with_one_more_and_four_made_up():
    """Ten answered; asked again, one came, and four whose answers the runner knows."""
    sets = np.array([[1] * 10 + [0] * 5, [1] * 15], dtype=bool)
    sure = np.array([[1] * 10 + [0] * 5, [1] * 11 + [0] * 4], dtype=bool)
    naive = disclosure_audit.audit_sets(sets[1:], least=5, shown=sets[:1])
    assert [str(each) for each in naive] == ["shown"]
    assert made_up.shown_over_time(sets, sure, sets & ~sure, before=1, least=5) == [False]
    assert made_up.shown_over_time(
        sets, sets & (np.arange(15) < 10), sets & (np.arange(15) >= 10), before=1, least=5
    ) == [False]
    assert made_up.shown_over_time(sets, sets, np.zeros_like(sets), before=1, least=5) == [True]


def test_a_survey_of_staff_takes_no_codes_and_no_typed_addresses(cast):
    by, own = cast.scope("headteacher"), [(f"ada+{at}@home.example", "Teachers") for at in range(4)]
    for instrument in ("staff_pulse", "staff_survey", "workload_pulse", "plan_pulse", "governors", "headteacher_360"):
        seen = Visibility.PRIVATE if instrument.endswith("360") else Visibility.STAFF
        survey = flow.begin(cast, instrument=instrument, visibility=seen)
        given = {"by": by, "at": AT, "survey": survey.pk, "version": 1}
        with pytest.raises(Refused):
            actions.ask_by_code(**given, group="Helpers", count=4)
        with pytest.raises(Refused):
            mail_actions.ask_by_mail(**given, addresses=own)
        base = f"/schools/{cast.school.urn}/surveys/{survey.pk}"
        sent = cast.client("headteacher").post(f"{base}/codes/make", {"group": "staff", "count": 4, "version": 1})
        assert (sent.status_code, survey.invitations.count()) == (403, 0)
        page = cast.client("headteacher").get(f"{base}/people").content.decode()
        assert "Make codes" not in page


def test_nor_does_one_of_parents_in_a_group_of_people_asked_by_name(cast):
    survey, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    groups = flow.asked(flow.staff(cast, 6), "Friends of the school")
    actions.ask_people(by=by, at=AT, survey=survey.pk, version=1, people=groups)
    for group in ("Teachers", " friends  of the School "):
        with pytest.raises(Unusable, match="asked by name"):
            actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=2, group=group, count=4)
        with pytest.raises(Unusable, match="asked by name"):
            mail_actions.ask_by_mail(by=by, at=AT, survey=survey.pk, version=2, addresses=[("a@b.example", group)])
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=2, group="Parents", count=4)
    actions.ask_people(
        by=by, at=AT, survey=survey.pk, version=3, people=flow.asked(flow.staff(cast, 6, "office"), "Parents")
    )
    with pytest.raises(Unusable, match="asked by name"):
        actions.open_survey(by=by, at=AT, survey=survey.pk, version=4)


def test_who_counts_is_known_by_an_address_of_their_own_that_stood_for_a_week(cast):
    people = flow.staff(cast, 9)
    Person.objects.filter(pk=people[0].pk).update(email="")
    Person.objects.filter(pk=people[1].pk).update(created_at=AT - timedelta(days=6))
    Person.objects.filter(pk=people[2].pk).update(email_since=AT - timedelta(days=1))
    Person.objects.filter(pk__in=[each.pk for each in people[3:5]]).update(email="office@school.example")
    Person.objects.filter(pk=people[5].pk).update(email=cast.people["headteacher"].email.upper())
    survey, by = flow.begin(cast), cast.scope("headteacher")
    actions.ask_people(by=by, at=AT, survey=survey.pk, version=1, people=flow.asked(people, "Teachers"))
    counted = known.counted(survey, AT)
    assert (counted.sure, counted.unsure, counted.nobody) == (3, 6, 0)
    with pytest.raises(Unusable, match="6 of those you ask do not count"):
        actions.open_survey(by=by, at=AT, survey=survey.pk, version=2)
    page = cast.client("headteacher").get(f"/schools/{cast.school.urn}/surveys/{survey.pk}").content.decode()
    assert "6 of those asked by name answer with the others" in page


def test_an_address_changed_by_the_staff_list_is_new_and_one_put_back_too(cast):
    teacher = flow.staff(cast, 1)[0]
    for at, (address, since) in enumerate(((teacher.email, None), ("ada@home.example", AT))):
        roster_actions._known_as(teacher.pk, f"Name {at}", address, AT)
        teacher.refresh_from_db()
        assert (teacher.name, teacher.email, teacher.email_since) == (f"Name {at}", address, since)


def test_a_whole_survey_with_four_made_up_shows_nothing_of_the_fifth(cast):
    """People the head lists today, with addresses of their own: asked in one team with a teacher."""
    teachers, fakes = flow.staff(cast, 12), flow.staff(cast, 4, "office")
    Person.objects.filter(pk__in=[each.pk for each in fakes]).update(created_at=AT)
    groups = flow.asked(teachers[1:], "Teachers", "Others") | flow.asked([teachers[0], *fakes], "Teachers", "Maths")
    survey = flow.ask(cast, flow.begin(cast), groups)
    for each in survey.invitations.select_related("person"):
        mine = each.person_id not in {one.pk for one in fakes}
        flow.answer(survey, each, {"load": each.pk.int % 4}, {"one-thing": "Said"} if mine else {})
    assert queries.counted(survey)[0].answered == 10
    flow.close(cast, survey)
    shown = {each.group for each in Figure.objects.filter(survey=survey, question="load").exclude(count=None)}
    assert "Maths" not in shown
    assert not {"", "Others"} <= shown
    assert Comment.objects.filter(survey=survey).count() == 12


def test_progress_does_not_tell_by_codes_of_ones_own_that_somebody_answered(cast):
    survey, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_people(by=by, at=AT, survey=survey.pk, version=1, people=flow.asked(flow.staff(cast, 9), "Teachers"))
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=2, group="Parents", count=11)
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=3)
    for each in survey.invitations.filter(person=None)[:4]:
        flow.answer(survey, each, {"load": 1})
    told = [queries.counted(survey)[0].answered]
    flow.answer(survey, survey.invitations.exclude(person=None)[0], {"load": 1})
    told.append(queries.counted(survey)[0].answered)
    assert told == [0, 0]


def test_the_form_says_how_many_are_asked_and_by_which_way(cast):
    survey = flow.ask(
        cast,
        flow.begin(cast),
        flow.asked(flow.staff(cast, 7), "Teachers") | flow.asked(flow.staff(cast, 6, "office"), "Support staff"),
    )
    page = (
        Client().get(f"/answer/{flow.token_of(survey.invitations.filter(groups__Post='Teachers')[0])}").content.decode()
    )
    assert "13 people are asked by name, 7 of them in your group" in page
    assert "Nobody will know what you answered" in page
    coded, by = flow.begin(cast, **flow.UNNAMED), cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=coded.pk, version=1, group="Helpers", count=6)
    actions.open_survey(by=by, at=AT, survey=coded.pk, version=2)
    page = Client().get(f"/answer/{flow.token_of(coded.invitations.all()[0])}").content.decode()
    assert "6 links without a name were made for your group, Helpers" in page
    assert "could keep some, answer with them" in page
    assert "Nobody will know what you answered" not in page
