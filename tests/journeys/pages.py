"""Every page that somebody can reach by following links, and what a page is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import OpenerDirector

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Only what is wrong crosses from the browser: what is right takes longer to tell than to find.
LOOK = "rules => axe.run(document, rules).then(told => told.violations.map(each => [each.id, each.nodes[0].html]))"
BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

INSTANCES = 2  # how many pages of one kind are followed: two decisions are much alike
NOT_PAGES = re.compile(
    r"\.(ics|csv|json|html|svg|css|js|xlsx?)$|/static/|/out/|/health|/(document|codes|papers|sheet|pack)(\?|$)|/surveys/\d+/(report|figures)(\?|$)|/ims/case/|/exchange/files/|/demonstration/sign-in"
)
VARYING = re.compile(r"(?<=/)(?:\d[\d.]*|P|[A-Za-z0-9_:-]{20,}|\d{4}-\d{2}-\d{2})(?=/|$)")
TOLD = ("role", "type")


@dataclass
class Made(HTMLParser):
    """What a page is made of: its links, and the set of elements with their classes."""

    links: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))
        for each in (told.get("class") or "").split() or [""]:
            self.parts.add(f"{tag}.{each} " + " ".join(f"{name}={told[name]}" for name in TOLD if name in told))


@dataclass(frozen=True)
class Reached:
    """One page somebody reached: its address, its kind (the address without what varies), and what it is made of."""

    path: str
    kind: str
    parts: frozenset[str]
    status: int


def kind_of(path: str) -> str:
    """Return an address without what varies in it (numbers, codes, tokens, questions): one view shows all of a kind."""
    return VARYING.sub("…", path.partition("?")[0])


def reachable(reader: OpenerDirector, address: str, start: str = "/") -> Iterator[Reached]:
    """Follow links from a page as far as they lead on this server, a few of each kind, and yield each page."""
    waiting, known, counted = [start], {start}, {}
    while waiting:
        path = waiting.pop(0)
        status, landed, body = _read(reader, address + path)
        if body is None:
            continue
        made = Made()
        made.feed(body)
        landed_at = landed.removeprefix(address)
        kind = kind_of(landed_at)
        yield Reached(landed_at, kind, frozenset(made.parts), status)
        for link in made.links:
            onward = urldefrag(urljoin(landed, link)).url
            path = onward.removeprefix(address)
            if path in known or urlsplit(onward).netloc != urlsplit(address).netloc or NOT_PAGES.search(path):
                continue
            known.add(path)
            counted[kind_of(path)] = counted.get(kind_of(path), 0) + 1
            if counted[kind_of(path)] <= INSTANCES:
                waiting.append(path)


def _read(reader: OpenerDirector, url: str) -> tuple[int, str, str | None]:
    """Return a page; None for what is no page: a document or a calendar, whatever its address."""
    try:
        with reader.open(url, timeout=30) as page:
            html = page.headers.get_content_type() == "text/html"
            return page.status, page.url, page.read().decode() if html else None
    except HTTPError as refused:
        return refused.code, refused.url, refused.read().decode()


def violations(tab: Page, where: str) -> list[str]:
    """Return what axe says is wrong with the page a browser shows."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    return [f"{rule} {where}: {html[:160]}" for rule, html in tab.evaluate(LOOK, RULES)]


def beyond_the_edge(tab: Page) -> list[str]:
    """Say how much of a page lies beyond the edge of the browser's window."""
    beyond = tab.evaluate(BEYOND)
    return [f"{beyond} px lie beyond the edge at {(tab.viewport_size or {}).get('width')} px"] if beyond > 0 else []
