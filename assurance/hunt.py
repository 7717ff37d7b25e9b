"""Row c's hunt, in a process of its own: each mutant (assurance/mutations.py) lives in a forked child of one pytest.

All tests run once first, and which lines each passes is noted. A child swaps the code of the functions its mutant
changes and runs the tests that pass those lines until one fails. The test that failed must pass in another child, in
which the same file was compiled anew without any change: else it proves nothing and is set aside.

The belt of queries (core.belt) is off throughout, so that it cannot do the filters' work for them.
"""

import gc
import importlib
import json
import os
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from assurance.mutations import ROOT, SOURCE, Mutant, mutants

# How long a test may take in a child: these seconds, and so many times what it took unchanged. Else it is in a loop.
SECONDS, TIMES = 8, 8
TOLD_EVERY = 50
TERMINAL = os.fdopen(os.dup(2), "w")  # as it is before pytest captures it
TOOL = sys.monitoring.COVERAGE_ID
# Besides the folders that mirror the product: every page and every address of the API.
HOUSE = ["tests/house/test_matrix.py", "tests/house/test_programs.py"]


@dataclass
class Found:
    """What the hunt came to. `survivors` names each with how many tests met it."""

    tests: int = 0
    set_aside: list[str] = field(default_factory=list)
    mutants: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    killed: dict[str, int] = field(default_factory=dict)
    survivors: list[str] = field(default_factory=list)
    emptied: int = 0
    emptied_survive: int = 0


class Hunt:
    """A pytest plugin that runs the mutants in place of the tests."""

    def __init__(self, wanted: Sequence[Mutant], seed: int, controls: int) -> None:
        kinds = dict(Counter(each.kind for each in wanted))
        self.wanted, self.found = wanted, Found(mutants=len(wanted), kinds=kinds, killed=dict.fromkeys(kinds, 0))
        self.chance, self.controls = random.Random(seed), controls
        self.meets: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.seconds: dict[int, float] = {}
        self.sound: dict[int, bool] = {}
        self.killers: dict[str, list[int]] = defaultdict(list)  # of a function's mutants so far: they are asked first
        self.failed = False

    def pytest_runtest_logreport(self, report) -> None:
        """Note a failure."""
        self.failed |= report.failed

    def pytest_runtestloop(self, session) -> bool:
        """Run all tests once, then each mutant, then the control."""
        from headship.core.backends import confined

        self.session, self.items = session, session.items
        confined.model_of = lambda table: None
        for dotted in {each.file.dotted for each in self.wanted}:
            importlib.import_module(dotted)
        self.functions = list(_functions())
        self._survey()
        killed = []
        for number, mutant in enumerate(self.wanted):
            if number % TOLD_EVERY == 0:
                _tell(f"{number} of {len(self.wanted)} mutants, {len(self.found.survivors)} survive")
            if (killer := self._killer(mutant)) is None:
                met = len(self._candidates(mutant))
                self.found.survivors.append(f"{mutant.named} ({met} tests meet it)")
                _tell(f"survives: {self.found.survivors[-1]}")
            else:
                self.found.killed[mutant.kind] += 1
                killed.append((mutant, killer))
        self._empty(killed)
        return True

    def _survey(self) -> None:
        """Run every test, unchanged but for the belt, and note the lines it passes."""
        hits: set[tuple[str, int]] = set()
        sys.monitoring.use_tool_id(TOOL, "hunt")

        def line(code: CodeType, number: int) -> object:
            hits.add((code.co_filename, number))
            return sys.monitoring.DISABLE

        sys.monitoring.register_callback(TOOL, sys.monitoring.events.LINE, line)
        interesting = {str(each.file.path) for each in self.wanted}
        for code in {code for each in self.functions for code in _codes(each.__code__)}:
            if code.co_filename in interesting:
                sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.LINE)
        for number in range(len(self.items)):
            if number % TOLD_EVERY == 0:
                _tell(f"{number} of {len(self.items)} tests looked at")
            hits.clear()
            sys.monitoring.restart_events()
            started = time.perf_counter()
            if not self._passes(number):
                self.found.set_aside.append(self.items[number].nodeid)
                continue
            self.found.tests += 1
            self.seconds[number] = time.perf_counter() - started
            for hit in hits:
                self.meets[hit].add(number)
        sys.monitoring.free_tool_id(TOOL)

    def _passes(self, number: int) -> bool:
        """Run one test; everything narrower than the session is torn down after it."""
        self.failed = False
        item = self.items[number]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.session)
        return not self.failed

    def _candidates(self, mutant: Mutant) -> list[int]:
        """Return the tests that meet a mutant, those likely to kill it first."""
        path = str(mutant.file.path)
        met = {number for line in mutant.lines for number in self.meets[path, line]}
        known = self.killers[mutant.named.split(":")[0] + mutant.place.function]
        return sorted(met, key=lambda each: (each not in known, self.seconds[each]))

    def _killer(self, mutant: Mutant) -> int | None:
        """Return a sound test that fails on a mutant, or None where it survives all."""
        while True:
            left = [each for each in self._candidates(mutant) if self.sound.get(each, True)]
            killer = self._first_to_fail(left, lambda: self._swap(mutant))
            if killer is None:
                return None
            if self._is_sound(killer, mutant):
                self.killers[mutant.named.split(":")[0] + mutant.place.function].append(killer)
                return killer
            self.found.set_aside.append(self.items[killer].nodeid)

    def _is_sound(self, killer: int, mutant: Mutant) -> bool:
        """Whether a test passes alone where the mutant's file is compiled anew without a change."""
        if killer not in self.sound:
            unchanged = compile(mutant.file.tree, str(mutant.file.path), "exec")
            self.sound[killer] = self._first_to_fail([killer], lambda: self._put(unchanged)) is None
        return self.sound[killer]

    def _first_to_fail(self, numbers: Sequence[int], change: Callable[[], None]) -> int | None:
        """Fork; in the child make a change and run tests until one fails or takes too long. Return that one."""
        if not numbers:
            return None
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            os.close(reading)
            self._live(numbers, change, writing)
        os.close(writing)
        with os.fdopen(reading) as told:
            lines = told.read().split()
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == 0 and lines[-1] == "passed":
            return None
        if not lines:
            raise RuntimeError("A mutant could not be put in place.")
        return int(next(line for line in reversed(lines) if line.isdigit()))

    def _live(self, numbers: Sequence[int], change: Callable[[], None], writing: int) -> None:
        """Live as a child, and die here whatever happens."""
        try:
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            change()
            for number in numbers:
                os.write(writing, f"{number}\n".encode())
                signal.alarm(SECONDS + int(TIMES * self.seconds[number]))
                if not self._passes(number):
                    os._exit(0)
            os.write(writing, b"passed\n")
        finally:
            os._exit(0)

    def _swap(self, mutant: Mutant) -> None:
        """Put a mutant in place of the code that runs."""
        if mutant.constant:
            setattr(sys.modules[mutant.file.dotted], mutant.constant, mutant.other.value)  # type: ignore[attr-defined]  # a Constant
        else:
            self._put(mutant.compiled(), mutant.place.function)

    def _put(self, compiled: CodeType, function: str = "") -> None:
        """Give functions that live their code in another compilation of their file: all, or one and what is in it."""
        new = {(code.co_qualname, code.co_firstlineno): code for code in _codes(compiled)}
        changed = 0
        for each in self.functions:
            old = each.__code__
            within = not function or f"{old.co_qualname}.".startswith(f"{function}.")
            if old.co_filename == compiled.co_filename and within and (old.co_qualname, old.co_firstlineno) in new:
                each.__code__ = new[old.co_qualname, old.co_firstlineno]
                changed += 1
        if not changed:
            raise LookupError(f"{compiled.co_filename} {function} is not loaded.")

    def _empty(self, killed: list[tuple[Mutant, int]]) -> None:
        """Empty the test that killed a mutant, all but its fixtures, and see the mutant live: the control."""
        for mutant, killer in self.chance.sample(killed, min(self.controls, len(killed))):

            def emptied(mutant: Mutant = mutant, killer: int = killer) -> None:
                self._swap(mutant)
                self.items[killer].obj = lambda **fixtures: None

            self.found.emptied += 1
            self.found.emptied_survive += self._first_to_fail([killer], emptied) is None


def _functions() -> Iterator[FunctionType]:
    """Yield every function of the product that lives, however it was decorated."""
    ours = f"{SOURCE}{os.sep}"
    for each in gc.get_objects():
        if type(each) is FunctionType and each.__code__.co_filename.startswith(ours):
            yield each


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Yield a code and all codes within it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _tell(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=TERMINAL, flush=True)


def chosen(apps: Sequence[str], most: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of some applications (all, where none is named), at most so many of them by chance."""
    found = [each for each in mutants() if not apps or each.file.path.relative_to(SOURCE).parts[0] in apps]
    if most is None or most >= len(found):
        return found
    return random.Random(seed).sample(found, most)


def main() -> None:
    """Hunt what the first argument says, as JSON, and write what was found where the second says."""
    asked = json.loads(sys.argv[1])
    hunt = Hunt(chosen(asked["apps"], asked["most"], asked["seed"]), asked["seed"], asked["controls"])
    tests = asked["tests"] or [*_folders(), *HOUSE]
    options = ["-q", "-p", "no:cacheprovider", "-m", "not browser"]
    gc.collect()
    ended = pytest.main([*options, *tests], plugins=[hunt])
    if ended not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        sys.exit(f"pytest ended with {ended}")
    Path(sys.argv[2]).write_text(json.dumps(asdict(hunt.found)))


def _folders() -> list[str]:
    """Return the folders of tests that mirror the product's."""
    return [f"tests/{each.name}" for each in sorted(SOURCE.iterdir()) if (ROOT / "tests" / each.name).is_dir()]


if __name__ == "__main__":
    main()
