"""Every answer that any test gets from a test client is looked at: its headers, and that nothing in it runs inline."""

import re

from django.conf import settings
from django.test import Client

from headship.core.limits import EXPORTS

INLINE = {
    "a script of its own": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style of its own": re.compile(r"<style\b|<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler of its own": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that runs": re.compile(
        r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data|vbscript):", re.IGNORECASE
    ),
    "something from elsewhere": re.compile(
        r"<(?:script|img|iframe|video|audio|source|embed|object)\b[^>]*\s(?:src|data)\s*=\s*[\"']?(?:https?:)?//|"
        r"<link\b[^>]*\brel=[\"'](?:stylesheet|icon|preload|manifest)[\"'][^>]*\shref=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE = "text/html"


def faults(response) -> list[str]:
    """Return what is wrong with an answer."""
    told = response.headers
    found = [
        f"{name} is {told.get(name)!r}, not {value!r}" for name, value in ALWAYS.items() if told.get(name) != value
    ]
    if not told.get("Content-Security-Policy", "").startswith("default-src 'none'"):
        found.append(f"its policy is {told.get('Content-Security-Policy')!r}")
    if "camera=()" not in told.get("Permissions-Policy", ""):
        found.append("it says nothing of permissions")
    kind = told.get("Content-Type", "").partition(";")[0]
    if kind == PAGE and not response.streaming:
        page = response.content.decode(response.charset)
        found += [f"it has {what}: {match[0][:80]}" for what, rule in INLINE.items() if (match := rule.search(page))]
    return found + _for_somebody(response, kind)


def _for_somebody(response, kind: str) -> list[str]:
    """Return what is wrong with an answer made for somebody signed in."""
    match = getattr(response.wsgi_request, "resolver_match", None)
    audience = getattr(match and match.func, "audience", None)
    if audience is None or not audience.signed_in:
        return []
    found = []
    if response.headers.get("Cache-Control") != "no-store":
        found.append(f"it may be kept: {response.headers.get('Cache-Control')}")
    given_away = response.status_code == 200 and kind != PAGE and "json" not in kind
    if given_away and not response.headers.get("Content-Disposition", "").startswith("attachment"):
        found.append(f"{kind} is shown, not saved")
    return found + _taken_away(response, match)


# Files anybody here may have at any time: they tell of nobody.
OPEN_FILES = {"audit-verifier", "privacy-document-file"}


def _taken_away(response, match) -> list[str]:
    """Return what is wrong with a file made for somebody: exports are counted, and ask for a fresh second step."""
    if not response.headers.get("Content-Disposition", "").startswith("attachment"):
        return []
    asked = match.func.fresh or match.url_name in OPEN_FILES
    counted = match.func.limit is EXPORTS or match.url_name == "audit-verifier"
    return [] if asked and counted else ["it gives a file away without fresh=True and limit=EXPORTS"]


def look_at_every_answer() -> None:
    """Let no test client take a faulty answer."""
    request = Client.request

    def looked_at(self, **asked):
        response = request(self, **asked)
        found = [] if settings.DEBUG else faults(response)  # a control that shows traces on purpose
        assert found == [], f"{asked.get('PATH_INFO')} answers {response.status_code}, and {'; '.join(found)}."
        return response

    Client.request = looked_at
