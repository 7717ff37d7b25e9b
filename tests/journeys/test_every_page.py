"""Every page that each person can reach: whole, accessible (WCAG 2.2 AA as far as axe sees) and fit for a phone."""

from urllib.request import HTTPCookieProcessor, OpenerDirector

import pytest
from playwright.sync_api import Browser, Page

from headship.project.demonstration import server
from tests.journeys.conftest import DESK, PHONE, patient
from tests.journeys.pages import Reached, beyond_the_edge, reachable, violations

# 320 px is a phone, or a desk at 400 % zoom; 640 px a desk at 200 %.
NARROW = (320, 390, 640)
TOO_TALL = 11_000  # pixels on a phone: thirteen screens
PEOPLE = {
    "heads": ("ada", "hazel"),
    "leaders": ("linnet", "fern", "jasper"),
    "staff": ("wren", "clover", "alder", "heather"),
    "the board": ("juniper", "willow", "sage"),
    "from outside": ("aspen", "basil", "marjoram", "olive", "quince"),
    "nobody": ("",),
}


@pytest.fixture(scope="module")
def checked() -> dict[str, set[str]]:
    """Keep, for each kind of page, what parts were checked: the same parts need no second look."""
    return {}


@pytest.mark.parametrize("group", PEOPLE)
def test_every_page_is_accessible(group: str, browser: Browser, demonstration: str, checked: dict[str, set[str]]):
    wrong = []
    for key in PEOPLE[group]:
        reader = server.signed_in(demonstration, key) if key else server.stranger()
        pages = list(reachable(reader, demonstration))
        assert {page.status for page in pages} <= {200}, [page for page in pages if page.status != 200]
        context = browser.new_context(viewport=DESK, locale="en-GB")
        patient(context)
        context.add_cookies(_cookies(reader, demonstration))
        tab = context.new_page()
        for page in pages:
            if not page.parts <= checked.get(page.kind, set()):
                faults = _faults(tab, demonstration, page, first=page.kind not in checked)
                checked.setdefault(page.kind, set()).update(page.parts)
                wrong += [f"{key or 'nobody'} at {page.path}: {fault}" for fault in faults]
        context.close()
    assert wrong == []


def test_a_faulty_page_is_found_out(browser: Browser):
    tab = browser.new_page()
    tab.set_content(
        "<html lang='en'><title>Faults</title><main><img src='x'><input><p style='color:#ddd'>Pale</p></main>"
    )
    rules = [each.split()[0] for each in violations(tab, "here")]
    tab.close()
    assert rules == ["color-contrast", "image-alt", "label"]


def _faults(tab: Page, address: str, page: Reached, *, first: bool) -> list[str]:
    """Return what is wrong with a page; one like those of its kind before it is not looked at twice on a phone."""
    tab.set_viewport_size(DESK)
    tab.goto(address + page.path, wait_until="domcontentloaded")
    found = violations(tab, "on a desk")
    if tab.locator("h1").count() != 1:
        found.append("a page has one main heading")
    for width in NARROW:
        tab.set_viewport_size({"width": width, "height": 800})
        found += beyond_the_edge(tab)
    tab.set_viewport_size(PHONE)
    tall = tab.evaluate("document.documentElement.scrollHeight")
    if tall > TOO_TALL:
        found.append(f"{tall} px is too long for a phone")
    return found + (violations(tab, "on a phone") if first else [])


def _cookies(reader: OpenerDirector, address: str) -> list[dict[str, str]]:
    """Return a reader's cookies as a browser takes them."""
    jar = next(each.cookiejar for each in reader.handlers if isinstance(each, HTTPCookieProcessor))
    return [{"name": each.name, "value": each.value or "", "url": address} for each in jar]
