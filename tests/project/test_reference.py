"""The generated pages: figures as they were written, rows never run, and pages that are not current."""

import json

import pytest
from django.core.management import CommandError, call_command

from assurance import figures
from headship.core.checks import every_pattern
from headship.project import reference, told_assurance
from headship.project.management.commands import documents

FIGURE = {
    "row": "b", "figure": "7 canaries, 0 where forbidden", "target": "0 where forbidden", "held": False,
    "control": "9 leaks found", "seed": 1, "count": 7, "seconds": 1234.5, "commit": "0123456789ab",
}  # fmt: skip


def test_each_figure_stands_with_its_control_and_rows_never_run_say_so(tmp_path):
    (tmp_path / "b.json").write_text(json.dumps(FIGURE))
    page = told_assurance.page(tmp_path)
    assert "- **Found:** 7 canaries, 0 where forbidden\n- **Target:** 0 where forbidden\n- **Held:** no\n" in page
    assert "- **Since then:** not run again;" in page
    assert "- **Control:** 9 leaks found\n- **Measured on:** commit `0123456789ab`, in 1,234 s\n" in page
    assert page.count("Never run whole") == 11
    (tmp_path / "b.json").write_text(json.dumps({**FIGURE, "date": "2026-11-24"}))
    assert "commit `0123456789ab`, 2026-11-24, in" in told_assurance.page(tmp_path)


def test_a_figure_says_how_much_came_since_it_was_measured(tmp_path):
    now = sum(1 for _ in every_pattern())
    for then, said in (
        (now, f"nothing was added ({now} addresses)"),
        (now - 9, f"{now - 9} addresses then, {now} now"),
    ):
        (tmp_path / "b.json").write_text(json.dumps({**FIGURE, "addresses": then, "tree": "abcdef012345"}))
        page = told_assurance.page(tmp_path)
        assert f"- **Since then:** {said}\n" in page
        assert "source tree `abcdef012345`, in 1,234 s" in page


def test_a_figure_of_files_that_differ_from_their_commit_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "FOLDER", tmp_path)
    for mark, held in (("", True), ("-dirty", False)):
        monkeypatch.setattr(figures, "_git", lambda *command, mark=mark: f"0123456789ab{mark}")
        path = figures.write(figures.Figure("b", "7", "0", True, "9", 1, 7, 1.5))
        assert json.loads(path.read_text())["held"] is held


def test_every_figure_that_was_written_has_its_row():
    written = {path.stem for path in told_assurance.FOLDER.glob("*.json")}
    assert written <= set(told_assurance.ROWS)
    assert {"a", "b", "i"} <= written


def test_every_table_and_migration_is_told():
    kept, migrations = reference.kept_data(), reference.migrations()
    assert [each._meta.label for each in reference.models() if f"## {each._meta.label}\n" not in kept] == []
    files = set(told_assurance.FOLDER.parent.glob("src/headship/*/migrations/0*.py"))
    assert len(files) > 20
    lacking = [str(each) for each in files if f"`{each.parts[-3]}.{each.stem}` | " not in migrations]
    assert lacking == []
    assert [line for line in migrations.splitlines() if line.endswith("|  |")] == []


@pytest.mark.parametrize("name", ["assurance.md", "kept-data.md", "migrations.md", "settings.md", "limits.md"])
def test_a_page_that_is_not_current_is_noticed(name, tmp_path, monkeypatch):
    for page, words in reference.pages().items():
        (tmp_path / page).write_text(words)
    monkeypatch.setattr(documents, "FOLDER", tmp_path)
    call_command("documents", check=True)
    (tmp_path / name).write_text((tmp_path / name).read_text() + "One line more\n")
    with pytest.raises(CommandError, match=f"Not current: {name}"):
        call_command("documents", check=True)
