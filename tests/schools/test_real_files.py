"""The files as DfE published them: what each brings, to the row."""

import pytest

from headship.core import imports, tabular
from headship.schools import imports as importers
from headship.schools.models import AreaFigure, LocalAuthority, PublishedFigure, School, SchoolLink, Trust

pytestmark = pytest.mark.shared_data
AREA = "figure of an authority or the country"
PERFORMANCE = {
    "performance/ks2_final_2018-19.csv.gz": ("ks2_extract_2018-19", {"figure": (1450, 0, 46068)}, {}),
    "performance/ks4_final_2018-19.csv.gz": ("ks4_extract_2018-19", {"figure": (26620, 0, 0)}, {}),
    "performance/ks4_2022-23.csv.gz": ("ks4_2022-23", {"figure": (7177, 5, 41714)}, {}),
    "performance/ks4_destinations_2022-23.csv.gz": (
        "ks4_destinations_2022-23", {"figure": (94512, 0, 0), AREA: (3624, 0, 0)}, {},
    ),
    "finance/school_financials_2017-18.csv.gz": ("school_financials_2017-18", {"figure": (0, 0, 40797)}, {}),
}  # fmt: skip


def brought(path):
    with tabular.opened(path) as table:
        importer = importers.recognised(table.headings)
    preview = imports.preview(importer, path)
    imports.apply(preview.blob)
    told = {
        each: (preview.created[each], preview.changed[each], preview.unchanged[each])
        for each in preview.created
        if preview.created[each] + preview.changed[each] + preview.unchanged[each]
    }
    return importer.name, told, dict(preview.left_out)


def test_each_file_brings_what_it_holds(db, shared_data):
    files, census = shared_data / "schools", shared_data / "census"
    assert brought(files / "gias_groups_2026-08-06.csv.gz") == ("gias_groups", {"trust": (7176, 0, 0)}, {})
    assert brought(files / "schools_england.csv.gz") == (
        "schools_england", {"authority": (188, 0, 0), "school": (51012, 0, 0), "figure": (369803, 0, 0)}, {},
    )  # fmt: skip
    assert brought(files / "gias_all_2024-06-17.csv.gz") == (
        "gias_all", {"authority": (0, 0, 188), "school": (0, 0, 51012)}, {},
    )  # fmt: skip
    assert brought(files / "gias_details_2018.csv.gz") == ("gias_details_2018", {"school": (1, 26077, 0)}, {})
    assert brought(files / "gias_information_2023-24.csv.gz") == (
        "gias_information_2023-24",
        {"authority": (1, 152, 0), "school": (22, 575, 5112), "figure": (25045, 0, 14918)},
        {},
    )  # fmt: skip
    assert brought(files / "gias_links_2025-04-22.csv.gz") == ("gias_links", {"link": (33801, 0, 0)}, {})
    assert brought(files / "schools_located_2026.csv.gz") == (
        "schools_located_2026", {"school": (1091, 22, 25396), "figure": (1113, 0, 25396)}, {},
    )  # fmt: skip
    assert brought(census / "census_2022-23.csv.gz") == (
        "census_2022-23", {"figure": (4816, 0, 117349), AREA: (15, 0, 0)}, {},
    )  # fmt: skip
    assert brought(census / "absence_2022-23.csv.gz") == (
        "absence_2022-23", {"figure": (0, 0, 42562), AREA: (6, 0, 0)}, {},
    )  # fmt: skip
    assert brought(census / "workforce_2017-18.csv.gz") == (
        "workforce_2017-18", {"figure": (121972, 0, 39500), AREA: (16, 0, 0)}, {},
    )  # fmt: skip
    for name, told in PERFORMANCE.items():
        assert brought(shared_data / name) == told
    counts = [
        model.objects.count() for model in (School, Trust, LocalAuthority, SchoolLink, PublishedFigure, AreaFigure)
    ]
    assert counts == [52126, 7176, 189, 33801, 652508, 3661]
    becket = School.objects.get(urn=126416)
    assert SchoolLink.objects.get(urn=108299, linked_urn=138950).linked_name == (
        "St Thomas à Becket Catholic Secondary School, A Voluntary Academy"
    )
    assert becket.town != ""
    withheld = PublishedFigure.objects.filter(measure="mean_teacher_salary", missing="SUPP").count()
    assert withheld == 561
