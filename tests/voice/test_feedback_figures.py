"""Feedback as distributions with the own mark: what was released, in page and pack, and nothing else."""

import io
import re
from zipfile import ZipFile

import pytest

from headship.voice import feedback_pages, instruments, queries
from headship.voice.models import Survey
from tests.cast import Cast
from tests.voice import flow


@pytest.fixture
def many(cast: Cast) -> Survey:
    """Feedback of twelve: enough for distributions."""
    return flow.feedback(cast, count=12)


def lines(cast: Cast, survey: Survey, **shown):
    page = feedback_pages.feedback_page(cast.scope("headteacher"), survey, feedback_pages.Shown(**shown))
    return {line.words: line for part in page.parts for line in part.lines}, page


def test_a_statement_shows_its_distribution_its_interval_and_the_own_mark(cast, many):
    found, page = lines(cast, many)
    cell = many.figures.get(question="listens", group="")
    assert sum(cell.spread) == 12
    line = found["I listen to the end before answering."]
    assert line.picture.count("app-answers__step ") == sum(count > 0 for count in cell.spread)
    assert [line.picture.count(f"app-answers__{each}") for each in ("interval", "mean", "own")] == [1, 1, 1]
    part = next(each for each in page.parts if line in each.lines)
    steps = instruments.scales()["often"].steps
    assert part.figures.steps == ("", *steps)
    assert (line.words, *map(str, cell.spread)) in part.figures.chosen
    assert (line.words, f"{cell.mean:.1f}", f"{cell.low:.1f} to {cell.high:.1f}", "1.0") in part.figures.rows


def test_of_fewer_than_ten_no_distribution_stands_anywhere(cast):
    found, page = lines(cast, flow.feedback(cast, count=8))
    line = found["I listen to the end before answering."]
    assert "app-answers__mean" in line.picture
    assert "app-answers__step " not in line.picture
    assert [each.figures.chosen for each in page.parts] == [[] for _ in page.parts]


def test_what_was_not_released_has_no_picture_and_no_figure(cast, many):
    many.figures.filter(question="listens").update(count=None, mean=None, low=None, high=None, spread=None)
    found, page = lines(cast, many)
    line = found["I listen to the end before answering."]
    assert (line.picture, line.said, line.beside) == (None, "Too few to show", "")
    rows = [row for part in page.parts for row in part.figures.rows if row[0] == line.words]
    assert rows == [(line.words, "-", "-", "1.0")]


def test_where_nearly_all_chose_one_step_no_average_stands(cast, many):
    many.figures.filter(question="listens", group="").update(nearly=3, mean=None, low=None, high=None, spread=None)
    found, page = lines(cast, many)
    line = found["I listen to the end before answering."]
    assert line.picture is None
    assert line.said.startswith("All or nearly all say")
    assert (line.words, "-", "-", "1.0") in [row for part in page.parts for row in part.figures.rows]


def test_nobody_is_shown_an_own_view_that_is_kept_back(cast, many):
    found, page = lines(cast, many, own=False, whose="Hana Head")
    assert [each.picture.count("app-answers__own") for each in found.values() if each.picture].count(1) == 0
    assert {len(row) for part in page.parts for row in part.figures.rows} == {3}
    assert {each.beside for each in found.values()} == {""}


def test_page_and_pack_show_the_same(cast, many):
    head, base = cast.client("headteacher"), f"/schools/{cast.school.urn}/surveys/{many.pk}"
    page = head.get(base).content.decode()
    _, shown = lines(cast, many)
    assert page.count('class="app-answers__own"') >= 3
    with ZipFile(io.BytesIO(head.get(f"{base}/pack?as=word").content)) as file:
        pack = re.sub(r"<[^>]+>", "|", file.read("word/document.xml").decode())
    assert "How many others chose each step" in pack
    for part in shown.parts:
        for row in part.figures.rows:
            assert row[1] in page
            assert row[1] in pack
    assert head.get(f"{base}/pack").content.startswith(b"%PDF")
    assert queries.figures(many)
