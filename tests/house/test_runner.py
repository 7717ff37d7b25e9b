"""The runner counts rightly, and lets nothing be skipped in silence."""

import pytest

from scripts.run_tests import SHARED_DATA, Outcome, unwanted_skips

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
