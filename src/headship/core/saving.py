"""A form that is written by an action: what stood in the way is said on the form, which keeps what was typed.

Where somebody else saved first, the form takes the version that stands now, so that its writer looks at theirs and
decides; the page answers as a conflict (`core.pages.show`). A view that keeps no form loses nothing either: see
`core.views.kept_page`.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms import BaseForm

from headship.core.errors import Stale, Unusable

MEANWHILE = (
    "Somebody changed this while you were writing. Theirs stands, and your words are below, not saved: read theirs in "
    "another window, then save again to put yours in their place."
)
SECOND = "second"


def saved(
    form: BaseForm, write: Callable[[dict[str, Any]], object], now: Model | None = None, field: str | None = None
) -> bool:
    """Whether a form held clean values that were written; what could not be taken is said at `field`.

    `now` is what is being changed; none where something new is made.
    """
    if not form.is_valid():
        return False
    try:
        write(dict(form.cleaned_data))  # what it takes out stays on the form
    except Unusable as wrong:
        form.add_error(field, str(wrong))
    except Stale as stale:
        keep(form, *_what_stands(form, now, stale))
    return not form.errors


def _what_stands(form: BaseForm, now: Model | None, stale: Stale) -> tuple[int | None, str]:
    """Return the version to save over and what to say: where nothing of `now` moved, what the action says itself."""
    if now is None:
        return None, str(stale)
    now.refresh_from_db()
    stands: int = now.version  # type: ignore[attr-defined]  # what is changed by a form has one
    moved = stands != (form.cleaned_data.get("version") or 0)
    return stands, MEANWHILE if moved else str(stale)


def keep(form: BaseForm, version: int | None, sentence: str = MEANWHILE) -> None:
    """Say on a form that somebody else was first; sent again, it goes over `version`, where there is one."""
    if version is not None:
        form.data = form.data.copy()  # type: ignore[attr-defined]  # what a browser sent can be copied
        form.data["version"] = str(version)  # type: ignore[index]  # the copy can be changed
    form.add_error(None, ValidationError(sentence, code=SECOND))


def came_second(form: object) -> bool:
    """Whether a form says that somebody else was first.

    >>> came_second("not a form")
    False
    """
    return isinstance(form, BaseForm) and form.is_bound and form.has_error(NON_FIELD_ERRORS, code=SECOND)
