"""How the demonstration is made: by the product's own actions, in a folder of its own."""

import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from headship.project.demonstration import figures, folder

SOURCE = Path(folder.__file__).parent
WRITES = re.compile(r"objects\.\w*(create|update)|bulk_|\.save\(|\)\.(update|delete)\(|cursor\(")


def test_nothing_in_the_demonstration_writes_to_the_database_itself():
    told = {path.name: WRITES.findall(path.read_text()) for path in SOURCE.rglob("*.py")}
    assert {name: found for name, found in told.items() if found} == {}


def test_the_published_files_are_the_same_on_every_run(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    for place in (first, second):
        place.mkdir()
        figures.files(place)
    names = sorted(path.name for path in first.iterdir())
    assert len(names) == 13
    assert [(first / name).read_bytes() for name in names] == [(second / name).read_bytes() for name in names]


def test_a_folder_with_real_data_is_left_alone(tmp_path: Path):
    database = tmp_path / "headship.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE somebody_s_school (name TEXT)")
    before = database.read_bytes()
    with pytest.raises(folder.NotADemonstration):
        folder.empty(tmp_path)
    assert database.read_bytes() == before


def test_an_empty_database_file_is_no_data(tmp_path: Path):
    (tmp_path / "headship.sqlite3").touch()
    folder.empty(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["demonstration"]


def test_a_demonstration_is_used_again_until_its_day_or_its_making_changes(tmp_path: Path):
    folder.empty(tmp_path)
    assert not folder.is_current(tmp_path, folder.fingerprint(date(2027, 3, 3)))
    (tmp_path / "headship.sqlite3").touch()
    folder.keep(tmp_path, folder.fingerprint(date(2027, 3, 3)))
    assert folder.is_current(tmp_path, folder.fingerprint(date(2027, 3, 3)))
    assert not folder.is_current(tmp_path, folder.fingerprint(date(2027, 3, 4)))
