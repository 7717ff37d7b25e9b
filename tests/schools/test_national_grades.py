"""The transition matrices come in: all pupils by grade and starting point, the rest left out and counted."""

import csv

import pytest
from django.utils import timezone

from headship.core import imports as machine
from headship.core.errors import Unusable
from headship.core.scope import installation_scope
from headship.schools import actions
from headship.schools import imports as importers
from headship.schools.models import NationalGrades
from headship.schools.national_grades import GRADES, NationalGradesImporter

pytestmark = pytest.mark.django_db
ROW = {
    "time_period": "202324", "breakdown_topic": "Total", "breakdown": "Total", "ks2_scaled_score_group": "100 - 102",
    "subject": "History", "num_U": "1", **{f"num_{grade}": str(grade * 10) for grade in range(1, 10)},
}  # fmt: skip


def written(folder, *rows):
    path = folder / "grades.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, ROW)
        out.writeheader()
        out.writerows([ROW | row for row in rows])
    return path


def preview(path):
    return machine.preview(NationalGradesImporter(), path)


def test_rows_of_all_pupils_come_in_and_the_others_are_counted(tmp_path):
    path = written(
        tmp_path, {}, {"ks2_scaled_score_group": "Less than 80"}, {"breakdown": "Girls", "breakdown_topic": "Sex"},
        {"ks2_scaled_score_group": "No scaled score"}, {"ks2_scaled_score_group": "Total"},
        {"subject": "Combined Science", "num_U": "z"},
    )  # fmt: skip
    found = preview(path)
    assert found.created == {"grades": 2}
    assert dict(found.left_out) == {
        "rows about groups of pupils": 1,
        "rows without a scaled score": 2,
        "rows of double awards, which have no single grade": 1,
    }
    at = timezone.now()
    batch = actions.preview_import(by=installation_scope(at), at=at, preview=found)
    actions.commit_import(by=installation_scope(at), at=at, batch_id=batch.pk)
    assert sorted(NationalGrades.objects.values_list("year", "subject", "prior_from", "counts")) == [
        (2023, "History", 0.0, "1 10 20 30 40 50 60 70 80 90"),
        (2023, "History", 100.0, "1 10 20 30 40 50 60 70 80 90"),
    ]
    assert preview(path).change_count == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"time_period": "2023"}, "row 2, column “time_period”"),
        ({"time_period": "202325"}, "An academic year is written as 202324."),
        ({"num_4": "-1"}, "row 2, column “num_4”"),
        ({"num_9": "c"}, "It should be a number of pupils."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, changed, told):
    with pytest.raises(Unusable, match="cannot be read") as refused:
        preview(written(tmp_path, changed))
    assert told in str(refused.value)


def test_the_same_group_twice_is_refused(tmp_path):
    with pytest.raises(Unusable, match="row 3"):
        preview(written(tmp_path, {}, {}))


def test_the_file_is_known_by_its_headings():
    assert importers.recognised(list(ROW)).name == "national_grades"
    assert importers.recognised([each for each in ROW if each != "num_9"]) is None
    assert len(GRADES) == 10


@pytest.mark.shared_data
def test_the_table_of_2023_24_comes_in_and_better_starts_went_on_to_better_grades(shared_data):
    (path,) = (shared_data / "performance" / "transition_matrices").glob("2024_*.csv.gz")
    found = preview(path)
    assert found.created == {"grades": 368}
    assert sum(found.left_out.values()) == 4000 - 368
    machine.apply(found.blob)
    for subject in ("English Language", "Mathematics", "History"):
        rows = NationalGrades.objects.filter(subject=subject).order_by("prior_from")
        assert [each.prior_from for each in rows] == [0, 80, 90, 96, 100, 102.5, 105, 107.5, 110, 113.5, 117]
        means = [mean([int(count) for count in each.counts.split()]) for each in rows]
        assert means[1:] == sorted(means[1:]), subject  # those below 80 did no worse than the next in mathematics


def mean(counts):
    return sum(grade * count for grade, count in enumerate(counts)) / sum(counts)
