"""The file a person gets: everything gathered about them, as a page to read and as JSON, in one download."""

import json
import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from headship.core.pages import in_words
from headship.privacy.gathering import Gathered

PAGE, TABLES = "what-is-held.html", "what-is-held.json"


def packed(gathered: Gathered, place: str, at: datetime) -> bytes:
    """Return the zip file with the page and the JSON. `place` is the school, or empty for a whole installation."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, page(gathered, place, at))
        archive.writestr(TABLES, json.dumps(plain(gathered, place, at), indent=2, ensure_ascii=False))
    return made.getvalue()


def page(gathered: Gathered, place: str, at: datetime) -> str:
    """Return the page to read: whole in itself, so that it opens on any machine, also without a network."""
    told = {"gathered": gathered, "place": place, "on": in_words(timezone.localtime(at).date())}
    return render_to_string("privacy/what-is-held.html", told)


def plain(gathered: Gathered, place: str, at: datetime) -> dict[str, Any]:
    """Return the same as plain values."""
    return {
        "about": gathered.subject.name,
        "at": place or "every school of this installation",
        "made_at": at.isoformat(),
        "parts": [
            {"heading": part.heading, "table": part.model, "rows": [dict(row) for row in part.rows]}
            for part in gathered.parts
        ],
    }


def file_name(gathered: Gathered, at: datetime) -> str:
    """Return a name for the download that names nobody: it stays in folders and histories of browsers."""
    return f"what-is-held-{gathered.subject.person_id}-{timezone.localtime(at):%Y-%m-%d}.zip"
