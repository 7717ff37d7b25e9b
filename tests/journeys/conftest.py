"""A real server and a real browser for the journeys: one of each for all of them, in a folder of their own."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from headship.project.demonstration import folder, server

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread of the tests

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TOO_LONG, TOO_LONG_A_PAGE = 15_000, 60_000  # milliseconds; a busy machine is no fault of a page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey as the browser's."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Visitor:
    """Somebody at a browser: a page of their own, the server's address, and what the browser complained of."""

    address: str
    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open an address of the server."""
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> None:
        """Press the button (or the link that looks like one) of that name."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link of that name in the page itself, else anywhere."""
        inside = self.page.locator("main").get_by_role("link", name=name)
        (inside.first if inside.count() else self.page.get_by_role("link", name=name).first).click()

    def sees(self, words: str) -> bool:
        """Whether these words stand on the page."""
        return words in self.page.locator("main").inner_text()

    def sign_in_as(self, name: str) -> None:
        """Sign in to the demonstration by its page."""
        self.go("/demonstration/")
        self.page.get_by_role("button", name=f"Sign in as {name}").first.click()
        self.page.wait_for_url(lambda url: "/demonstration/" not in url)

    def picture(self, name: str, *, height: int = 0) -> None:
        """Take a picture for the docs, when pictures are wanted (HEADSHIP_TEST_PICTURES=1)."""
        if os.environ.get("HEADSHIP_TEST_PICTURES"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            size = self.page.viewport_size or DESK
            self.page.set_viewport_size({"width": size["width"], "height": height or size["height"]})
            self.page.screenshot(path=PICTURES / f"{name}.png")
            self.page.set_viewport_size(size)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip, saying so."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium is installed")
    flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a demonstration of our own, and return its address."""
    place = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(_built(), place, dirs_exist_ok=True)
    with _serving(folder.environment(place)) as address:
        yield address


@pytest.fixture(scope="module")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator["EmptyHouse"]:
    """Serve an installation in which nothing was done yet: no demonstration, no school, nobody."""
    place = tmp_path_factory.mktemp("empty")
    environment = folder.environment(place) | {"HEADSHIP_DEMONSTRATION": "0"}
    with _serving(environment) as address:
        yield EmptyHouse(address, place, environment)


@dataclass(frozen=True)
class EmptyHouse:
    """An installation of our own, its folder and the environment of its commands."""

    address: str
    folder: Path
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """Run `headship` there and return what it printed."""
        return _headship(self.environment, *words)


@pytest.fixture
def visit(browser: Browser, demonstration: str) -> Iterator["Doors"]:
    """Open browsers of their own for people of the demonstration."""
    with _doors(browser, demonstration) as doors:
        yield doors


@pytest.fixture
def visit_empty(browser: Browser, empty_house: EmptyHouse) -> Iterator["Doors"]:
    """Open browsers at the empty house, by its name `localhost`, which passkeys need."""
    with _doors(browser, empty_house.address.replace("127.0.0.1", "localhost")) as doors:
        yield doors


@dataclass
class Doors:
    """Opens browsers: each call is somebody with cookies of their own."""

    browser: Browser
    address: str
    visitors: list[Visitor] = field(default_factory=list)

    def __call__(self, name: str = "", *, size: dict[str, int] = DESK, javascript: bool = True) -> Visitor:
        """Open a browser, signed in as somebody where a name is given."""
        context = self.browser.new_context(viewport=size, java_script_enabled=javascript, locale="en-GB")
        patient(context)
        visitor = Visitor(self.address, context.new_page(), context)
        visitor.page.on("console", lambda said: _listen(visitor, said.type, said.text))
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        self.visitors.append(visitor)
        if name:
            visitor.sign_in_as(name)
        return visitor


def patient(context: BrowserContext) -> None:
    """Set how long a press and a page may take."""
    context.set_default_timeout(TOO_LONG)
    context.set_default_navigation_timeout(TOO_LONG_A_PAGE)


def _listen(visitor: Visitor, kind: str, said: str) -> None:
    """Keep what the browser complained of; a page that refuses (4xx) is not a complaint."""
    if kind == "error" and "Failed to load resource" not in said:
        visitor.complaints.append(said)


@contextmanager
def _doors(browser: Browser, address: str) -> Iterator[Doors]:
    doors = Doors(browser, address)
    try:
        yield doors
    finally:
        for visitor in doors.visitors:
            visitor.context.close()
    complaints = [each for visitor in doors.visitors for each in visitor.complaints]
    assert complaints == [], "the browser complained (of scripts, styles or the content security policy)"


def _built() -> Path:
    """Build the demonstration once, whichever of pytest's processes comes first."""
    shared = Path(os.environ["HEADSHIP_TEST_FOLDER"])
    place = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / folder.MARK).exists():
            _headship({}, "demo", "--build-only", "--folder", str(place))
    return place


def _headship(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-W", "default", "-m", "headship", *words]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[str]:
    """Serve with that environment on a free port of the loopback."""
    port = server.free_port()
    address = f"http://127.0.0.1:{port}"
    with server.running(port, environment) as serving:
        server.wait_until_it_answers(serving, address)
        yield address
