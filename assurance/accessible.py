"""Row l: every page that each person of the demonstration can reach, looked at in a real browser.

Each page that is made of anything new is looked at on a desk, at 200 % zoom (half the desk's width) and on a phone: by
axe for WCAG 2.2 AA, for what lies beyond the edge, by walking through it with the keyboard alone, and without
JavaScript. The control plants faults, and each must be found.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assurance.figures import Figure

SIZES = {"on a desk": (1280, 900), "at 200 %": (640, 450), "on a phone": (390, 844)}
SHORT = ("ada", "")  # a shortened run goes as the headteacher and as nobody
STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"
# What the keyboard must reach: all that is shown and not switched off; of radio buttons of one name, one.
MARK = """stops => {
  const names = new Set(); let count = 0;
  for (const each of document.querySelectorAll(stops)) {
    if (each.disabled || each.type === "hidden" || !each.checkVisibility({checkVisibilityCSS: true})) continue;
    if (each.type === "radio") { if (names.has(each.name)) continue; names.add(each.name); continue; }
    if (each.tabIndex < 0) continue;
    each.dataset.stop = count++;
  }
  return count;
}"""
WHERE = """() => {
  const here = document.activeElement, seen = getComputedStyle(here);
  const drawn = here.matches("[type=radio], [type=checkbox]");  // their picture beside them shows the focus
  const shown = drawn || seen.outlineStyle !== "none" || seen.boxShadow !== "none";
  return [here.dataset.stop ?? "", here === document.body, shown, here.outerHTML.slice(0, 80)];
}"""
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PLANTED = (
    "<html lang='en'><title>Faults</title><main><h1>Faults</h1><img src='x'><p style='color:#ddd'>Pale</p>"
    "<button style='outline:none;box-shadow:none'>No sign of focus</button><div style='width:2000px'>Wide</div>"
    "<input aria-label='Trap' onkeydown='event.preventDefault()'><a href='/'>Never reached</a></main>"
)
WANTED = {"image-alt", "color-contrast", "beyond the edge", "shows no focus", "the keyboard never reaches"}


@dataclass(slots=True)
class Looked:
    """What was reached and looked at, and what was wrong."""

    reached: int = 0
    looks: int = 0
    kinds: dict[str, set[str]] = field(default_factory=dict)
    people: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(*, short: bool) -> Figure:
    """Look at every page of everybody, then at the planted ones."""
    started = time.monotonic()
    looked = Looked()
    with _browser() as browser:
        missed = _missed(browser)
        with _demonstration() as address:
            for key in SHORT if short else _everybody():
                _look_as(browser, address, key, looked)
    for each in looked.wrong:
        print(each)
    return Figure(
        row="l",
        figure=(
            f"{looked.reached} pages reached by {looked.people} people, {looked.looks} looks at {len(looked.kinds)} "
            f"kinds of page at three sizes, by keyboard and without JavaScript: {len(looked.wrong)} violations"
        ),
        target="0 violations (WCAG 2.2 AA as far as axe sees, keyboard, 200 % zoom, phone, no JavaScript)",
        held=not short and not looked.wrong and not missed,
        control=f"a page with planted faults: {len(WANTED) - len(missed)} of {len(WANTED)} kinds found",
        seed=0,
        count=looked.looks,
        seconds=round(time.monotonic() - started, 1),
    )


def _everybody() -> tuple[str, ...]:
    from tests.journeys.test_every_page import PEOPLE

    return tuple(key for group in PEOPLE.values() for key in group)


def _look_as(browser, address: str, key: str, looked: Looked) -> None:
    """Reach every page as one person; look at those made of something not seen on their kind before."""
    from headship.project.demonstration import server
    from tests.journeys.pages import reachable
    from tests.journeys.test_every_page import _cookies

    reader = server.signed_in(address, key) if key else server.stranger()
    looked.people += 1
    contexts = [browser.new_context(locale="en-GB", java_script_enabled=scripts) for scripts in (True, False)]
    tabs = []
    for context in contexts:
        context.set_default_navigation_timeout(120_000)
        context.add_cookies(_cookies(reader, address))
        tabs.append(context.new_page())
    for page in reachable(reader, address):
        looked.reached += 1
        if page.status != 200:
            looked.wrong.append(f"{key or 'nobody'} at {page.path}: status {page.status}")
        elif not page.parts <= looked.kinds.get(page.kind, set()):
            looked.kinds.setdefault(page.kind, set()).update(page.parts)
            looked.looks += 1
            faults = _faults(*tabs, address + page.path)
            looked.wrong += [f"{key or 'nobody'} at {page.path}: {each}" for each in faults]
    for context in contexts:
        context.close()


def _faults(tab, plain, url: str) -> list[str]:
    """Return what is wrong with a page at every size, by keyboard, and without JavaScript."""
    tab.goto(url, wait_until="load")
    found = [each for where, size in SIZES.items() for each in _at_size(tab, where, size)]
    tab.set_viewport_size({"width": 1280, "height": 900})
    found += _by_keyboard(tab)
    plain.goto(url, wait_until="domcontentloaded")
    if plain.locator("h1").count() != 1 or not plain.locator("h1").is_visible():
        found.append("without JavaScript it has no heading")
    return found


def _at_size(tab, where: str, size: tuple[int, int]) -> list[str]:
    from tests.journeys.pages import violations

    tab.set_viewport_size({"width": size[0], "height": size[1]})
    beyond = tab.evaluate(BEYOND)
    return violations(tab, where) + ([f"{beyond} px lie beyond the edge {where}"] if beyond > 0 else [])


def _by_keyboard(tab) -> list[str]:
    """Walk through a page with the tab key; every stop must be reached and show that it is where one is."""
    count = tab.evaluate(MARK, STOPS)
    tab.evaluate("document.activeElement.blur()")
    reached, hidden = set(), []
    for _ in range(2 * count + 5):
        tab.keyboard.press("Tab")
        stop, at_end, shown, html = tab.evaluate(WHERE)
        if at_end and reached:
            break
        if not shown and not at_end:
            hidden.append(html)
        reached.add(stop)
    never = sorted({str(each) for each in range(count)} - reached)
    told = [tab.locator(f"[data-stop='{each}']").evaluate("it => it.outerHTML.slice(0, 80)") for each in never[:3]]
    return [f"shows no focus: {each}" for each in hidden[:3]] + [f"the keyboard never reaches {each}" for each in told]


def _missed(browser) -> set[str]:
    """Return which kinds of planted faults were not found."""
    tab = browser.new_page()
    tab.set_content(PLANTED)
    found = " ".join([*_at_size(tab, "here", (390, 844)), *_by_keyboard(tab)])
    tab.close()
    return {each for each in WANTED if each not in found}


@contextmanager
def _browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import QUIET

    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        chromium = playwright.chromium.launch(executable_path=found, args=[*QUIET, "--no-sandbox"])
        yield chromium
        chromium.close()


@contextmanager
def _demonstration() -> Iterator[str]:
    """Serve a demonstration of our own."""
    from headship.project.demonstration import folder
    from tests.journeys.conftest import _built, _serving

    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(_built(), place, dirs_exist_ok=True)
        with _serving(folder.environment(Path(place))) as address:
            yield address
