"""Value added from a file of pupils: the published figures come out, no school is named, bad input is told."""

import gzip
import io
import json

import docx
import polars as pl
import pytest
from django.core.management import CommandError, call_command

from headship.core import paper_word
from headship.outcomes import value_added_report as report
from headship.outcomes.value_added_report import Asked

SCORES = Asked("score", ("prior",), "school")


def written(folder, schools=12, pupils=8, **columns):
    """Write a file of pupils: schools differ by a point each, and prior attainment is worth two."""
    rows = [
        {"school": 700 + school, "prior": float(pupil), "score": 2.0 * pupil + school + (pupil * 7 + school * 3) % 5}
        for school in range(schools)
        for pupil in range(pupils)
    ]
    path = folder / "pupils.csv"
    pl.DataFrame(rows).with_columns(**columns).write_csv(path)
    return path


def test_the_model_comes_out_with_schools_in_the_order_of_their_keys(tmp_path):
    found = report.of_file(written(tmp_path), SCORES)
    told = report.told(found)
    assert (told["pupils"], told["left_out"], told["likelihood"]) == (96, 0, "restricted")
    assert told["fixed"]["prior"]["value"] == pytest.approx(2.0, abs=0.1)
    assert [each["school"] for each in told["schools"]] == list(range(700, 712))
    assert all(each["low"] < each["effect"] < each["high"] for each in told["schools"])


def test_pupils_without_a_value_are_left_out_and_counted(tmp_path):
    path = written(tmp_path, prior=pl.when(pl.col("prior") == 3).then(None).otherwise(pl.col("prior")))
    assert report.told(report.of_file(path, SCORES))["left_out"] == 12


def test_the_document_names_no_school_and_marks_the_one_asked_for(tmp_path):
    found = report.of_file(written(tmp_path), Asked("score", ("prior",), "school", mark=711))
    document = docx.Document(io.BytesIO(paper_word.word(report.paper(found, ""))))
    told = "\n".join(
        [each.text for each in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "The school that is marked is above the average: +" in told
    assert "Not which school is best" in told
    assert not any(str(key) in told for key in range(700, 712))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Asked("nothing", ("prior",), "school"), "nothing"),
        (Asked("score", ("prior",), "prior"), "prior"),
        (Asked("score", ("prior",), "school", mark=1), "No pupil of “pupils.csv” is of the school 1."),
    ],
)
def test_what_cannot_be_worked_out_is_told(tmp_path, asked, sentence):
    with pytest.raises(report.Unusable, match=r"pupils\.csv") as told:
        report.of_file(written(tmp_path), asked)
    assert sentence in str(told.value)


def test_few_schools_say_nothing(tmp_path):
    with pytest.raises(report.Unusable, match="pupils of 9 schools"):
        report.of_file(written(tmp_path, schools=9), SCORES)


def test_the_command_writes_three_files_and_says_what_to_know(tmp_path, capsys):
    path = written(tmp_path)
    call_command("value_added", path, "--outcome=score", "--after=prior", "--school=school", f"--folder={tmp_path}/out")
    said = capsys.readouterr().out
    assert said.startswith("96 pupils in 12 schools; 0 without a value left out.\n")
    assert "of schools cannot be told from the average." in said
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "value-added.docx", "value-added.json", "value-added.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["nowhere.csv"], "There is no file “nowhere.csv”."),
        (["nowhere.csv", "--slope=ses"], "--slope ses needs --after ses as well."),
    ],
)
def test_the_command_refuses_with_a_sentence(given, sentence):
    with pytest.raises(CommandError, match="^" + sentence):
        call_command("value_added", *given, "--outcome=score", "--school=school")


@pytest.mark.shared_data
def test_the_published_figures_of_the_london_schools_come_out(tmp_path, shared_data):
    path = tmp_path / "exam.csv"
    path.write_bytes(gzip.decompress((shared_data / "pupils" / "mlmRev_Exam.csv.gz").read_bytes()))
    call_command(
        "value_added", path, "--outcome=normexam", "--after=standLRT", "--school=school", "--ml", f"--folder={tmp_path}"
    )
    told = json.loads((tmp_path / "value-added.json").read_text())
    assert (told["pupils"], len(told["schools"]), told["likelihood"]) == (4059, 65, "full")
    assert told["fixed"]["standLRT"]["value"] == pytest.approx(0.5634, abs=5e-5)
    assert told["between_schools"][0][0] == pytest.approx(0.0921, abs=5e-5)
    assert told["residual"] == pytest.approx(0.5657, abs=5e-5)
    assert told["log_likelihood"] == pytest.approx(-4678.62, abs=5e-3)
