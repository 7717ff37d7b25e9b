"""The runner counts rightly, and lets nothing be skipped in silence."""

import os

import pytest

from scripts.run_tests import SHARED_DATA, Outcome, run, tell, unwanted_skips

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="passes" time="0.5"/>
<testcase classname="tests.a" name="fails" time="0.1"><failure message="no"/></testcase>
<testcase classname="tests.a" name="breaks" time="0.1"><error message="no"/></testcase>
<testcase classname="tests.a" name="rests" time="0"><skipped message="no server"/></testcase>
<testcase classname="tests.a" name="lacks" time="0"><skipped message="{lacking}"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def outcome(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(lacking=SHARED_DATA))
    outcome = Outcome()
    outcome.read("SQLite", report)
    return outcome


def test_it_counts_every_case(outcome):
    assert outcome.counts == {"passed": 1, "failed": 2, "skipped": 2}
    assert max(outcome.slowest) == (0.5, "tests/a::passes (SQLite)")


def test_only_missing_shared_data_may_be_skipped(outcome):
    assert unwanted_skips(outcome) == ["no server"]


def test_a_report_that_was_never_written_counts_nothing(tmp_path):
    outcome = Outcome()
    outcome.read("SQLite", tmp_path / "none.xml")
    assert outcome.counts == {}


def test_what_failed_beside_others_and_passes_alone_counts_as_passed_and_is_told(outcome, tmp_path, capsys):
    again = tmp_path / "again.xml"
    again.write_text(
        "<testsuite><testcase classname='tests.a' name='fails' time='1'/>"
        "<testcase classname='tests.a' name='breaks' time='1'><failure message='no'/></testcase></testsuite>"
    )
    outcome.read_again("SQLite", again)
    assert (outcome.counts["passed"], outcome.counts["failed"]) == (2, 1)
    tell(outcome)
    assert "mend these, or what they found\ntests/a::fails (SQLite)\n" in capsys.readouterr().out


@pytest.mark.parametrize(("works_alone", "failed"), [(True, 0), (False, 1)])
def test_a_few_that_fail_are_tried_once_more_and_alone(tmp_path, works_alone, failed):
    lines = ["from pathlib import Path", "tried = Path(__file__).with_name('tried')", "def test_good(): pass"]
    lines += ["def test_beside_others():", "    before = tried.exists()", "    tried.touch()", "    assert before"]
    if not works_alone:
        lines.append("    raise ValueError")
    (tmp_path / "test_it.py").write_text("\n".join(lines))
    outcome = Outcome()
    where = [
        f"--rootdir={tmp_path}",
        "-p",
        "no:django",
        "-c",
        os.devnull,
        "-n",
        "1",
        "--dist",
        "worksteal",
        str(tmp_path / "test_it.py"),
    ]
    run(outcome, "Two", where, {}, str(tmp_path))
    assert (outcome.counts["failed"], outcome.counts["passed"], len(outcome.unsteady)) == (
        failed,
        2 - failed,
        1 - failed,
    )
