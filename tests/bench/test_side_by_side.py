"""What the side-by-side benchmarks stand on: made pupils, a program in a process of its own, chosen rivals."""

import sys

import numpy as np
import pytest

from bench import processes, pupils, rivals, value_added


def test_ours_is_measured_in_a_process_of_its_own(tmp_path):
    pupils.write(tmp_path, pupils=2000, schools=40)
    columns = pupils.read(tmp_path)
    assert columns.shape == (13, 2000)
    assert len(np.unique(columns[-1])) == 40
    command = [sys.executable, "-m", "bench.rivals.python_fit", "ours", str(tmp_path), "2"]
    found = processes.told(command, seconds=120)
    assert [len(found[model]["seconds"]) for model in ("intercept", "slope")] == [2, 2]
    assert [len(found[model]["fixed"]) for model in ("intercept", "slope")] == [12, 12]
    itself = value_added.compared(found["slope"], found["slope"])
    assert itself == {
        "times_as_fast": 1.0,
        "times_less_processor_time": 1.0,
        "fixed_effects_differ_by_at_most": 0.0,
        "variance_components_differ_by_at_most": 0.0,
        "our_log_likelihood_above_theirs_by": 0.0,
    }
    assert value_added.held({"ours": found}, {}) == {"peak_memory": True, "log_likelihood_never_lower": True}


def test_what_does_not_run_is_told_with_its_reason():
    failing = processes.told([sys.executable, "-c", "raise SystemExit('no such rival')"], seconds=60)
    assert failing == {"not_measured": "no such rival"}
    slow = processes.told([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert slow == {"not_measured": "still running after 0 seconds"}


@pytest.mark.parametrize(("wanted", "expected"), [(None, ["a", "b"]), ("b", ["b"]), ("", [])])
def test_rivals_are_chosen_by_the_environment(monkeypatch, wanted, expected):
    monkeypatch.delenv("HEADSHIP_BENCH_RIVALS", raising=False)
    if wanted is not None:
        monkeypatch.setenv("HEADSHIP_BENCH_RIVALS", wanted)
    assert rivals.chosen(("a", "b")) == expected
