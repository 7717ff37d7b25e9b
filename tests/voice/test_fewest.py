"""How few answers are shown together: chosen before a survey opens, never below five, and kept to when it closes."""

import pytest

from headship.core.errors import Refused, Unusable
from headship.voice import actions
from headship.voice.choices import FEWEST, FEWEST_CHOSEN
from headship.voice.models import Survey
from tests.voice import flow


@pytest.mark.parametrize("count", [0, 1, 3, FEWEST - 1, FEWEST_CHOSEN + 1])
def test_never_fewer_than_five_nor_more_than_ten(cast, count):
    with pytest.raises(Unusable, match="fewer than 5"):
        flow.begin(cast, fewest=count)
    assert Survey.objects.count() == 0


def test_it_is_chosen_on_the_form_and_stands_there_again(cast):
    survey = flow.begin(cast, fewest=8)
    head, here = cast.client("headteacher"), f"/schools/{cast.school.urn}/surveys/{survey.pk}"
    form = head.get(f"{here}/change").content.decode()
    assert '<option value="8" selected>' in form
    assert '<option value="4"' not in form
    day = flow.TODAY
    sent = {"title": "New", "kept": ["load"], "visibility": "staff", "once": str(survey.once), "version": 1}
    sent |= {"closes_on_day": day.day, "closes_on_month": day.month, "closes_on_year": day.year}
    for wrong in ("4", "11", ""):
        assert head.post(f"{here}/change", sent | {"fewest": wrong}).status_code == 200, wrong
    assert head.post(f"{here}/change", sent | {"fewest": "9"}).status_code == 302
    survey.refresh_from_db()
    assert (survey.fewest, survey.title) == (9, "New")
    people = flow.asked(flow.staff(cast, 12), "Teachers")
    actions.ask_people(by=cast.scope("headteacher"), at=flow.AT, survey=survey.pk, version=2, people=people)
    assert "from 9 answers" in head.get(here).content.decode()


def test_an_open_survey_keeps_to_it(cast):
    people = flow.asked(flow.staff(cast, 9), "Teachers")
    survey = flow.ask(cast, flow.begin(cast, fewest=8), people)
    with pytest.raises(Refused):
        actions.change_survey(
            by=cast.scope("headteacher"), at=flow.AT, survey=survey.pk, version=survey.version, prepared=flow.prepared()
        )
    survey.refresh_from_db()
    assert survey.fewest == 8


@pytest.mark.parametrize(("answers", "shown"), [(7, False), (9, True)])
def test_it_decides_what_is_released(cast, answers, shown):
    survey = flow.ask(cast, flow.begin(cast, fewest=8), flow.asked(flow.staff(cast, 9), "Teachers"))
    for at, each in enumerate(survey.invitations.all()[:answers]):
        flow.answer(survey, each, {"load": at % 4}, {"one-thing": f"Words {at}"})
    closed = flow.close(cast, survey)
    cell = closed.figures.get(question="load", group="")
    assert (cell.count is not None, closed.comments.count() > 0) == (shown, shown)


def test_fewer_than_chosen_are_not_asked(cast):
    draft = flow.begin(cast, fewest=8)
    with pytest.raises(Unusable, match="nothing is shown of fewer than 8"):
        flow.ask(cast, draft, flow.asked(flow.staff(cast, 7), "Teachers"))
