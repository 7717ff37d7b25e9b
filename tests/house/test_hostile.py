"""The search for hostile files finds what an importer takes that it should not (row e, in short)."""

from pathlib import Path

from assurance import hostile_files
from headship.core.errors import Unusable
from tests.core import hostile


def test_an_importer_that_takes_a_hostile_file_is_found(db):
    tried = hostile_files.Tried()
    hostile_files._try(tried, "a file", lambda: None, "a.csv")
    assert tried.faults == ["a file: was taken"]


def test_a_fault_without_a_sentence_is_found(db):
    def bare() -> None:
        raise Unusable("no")

    def broken() -> None:
        raise KeyError("x")

    tried = hostile_files.Tried()
    hostile_files._try(tried, "a file", bare, "a.csv")
    hostile_files._try(tried, "a file", broken, "a.csv")
    assert tried.faults == ["a file: “no” is no clear sentence", "a file: KeyError (a.csv)"]


def test_the_control_takes_tables_for_tables(tmp_path):
    make = hostile.FAMILIES["formulae"][0]
    assert hostile_files._careless(make(tmp_path, ["URN", "Name"]))
    assert not hostile_files._careless(Path(tmp_path, "nothing.csv"))


def test_each_reader_of_tables_is_set_before_hostile_files(db, tmp_path):
    tried = hostile_files.Tried()
    for name, headings, read in hostile_files.readers(tmp_path):
        path = hostile.FAMILIES["control characters"][0](tmp_path, headings)
        hostile_files._try(tried, name, lambda read=read, path=path: read(path), path.name)
    assert tried.faults == []
    assert tried.files >= 14
