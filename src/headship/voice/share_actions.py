"""Writes of what somebody shows of the feedback on them: shown, changed, taken back, and opened by its reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from headship.core import actions
from headship.core.actions import action
from headship.core.audit import Fact
from headship.core.errors import Stale, Unusable, existing, require
from headship.core.scope import Scope
from headship.voice import queries, rules, share_queries
from headship.voice.choices import Why
from headship.voice.models import FeedbackShare, Survey

INSTALLATION = 0
CHANGED = "You changed this in another window meanwhile. That was kept and this was not: open it again."


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, and until when. `parts` empty: all of it."""

    parts: tuple[str, ...]
    until: date
    comments: bool = False
    own: bool = False


@action("voice.show_feedback")
def show_feedback(  # noqa: PLR0913  # whose, to whom, for what, and what
    *, by: Scope, at: datetime, survey: int, why: Why, readers: Sequence[int], shown: Shown
) -> None:
    """Show one's feedback to people; the same form sent again changes nothing."""
    about = _own(by, survey)
    _check(about, shown, at)
    if not readers or set(readers) - {each.person for each in share_queries.choosable(by, about, why)}:
        raise Unusable("Choose whom you show it to from the list. Nothing was shown.")
    held = {each.reader_id: each for each in about.shares.all()}
    for reader in readers:
        now = held.get(reader) or FeedbackShare(survey=about, reader_id=reader, version=0)
        if now.pk and share_queries.runs(now, at):
            if _is(now, why, shown):
                continue
            raise Unusable("You show it to one of them already: change that, in the list. Nothing was changed.")
        now.why, now.shown_on, now.ended_on, now.opened_on = why, timezone.localdate(at), None, None
        _save(now, shown)
    _audit(by, queries.source(about.pk), shown=str(why), readers=len(readers))


@action("voice.change_share")
def change_share(  # noqa: PLR0913  # which, as it was seen, and what is shown now
    *, by: Scope, at: datetime, survey: int, share: int, version: int, shown: Shown
) -> None:
    """Change what somebody is shown, or until when."""
    about = _own(by, survey)
    now = _running(about, share, version, at)
    _check(about, shown, at)
    _save(now, shown)
    _audit(by, share_queries.source(now.pk), version=now.version)


@action("voice.end_share")
def end_share(*, by: Scope, at: datetime, survey: int, share: int, version: int) -> None:
    """Take back what somebody is shown, at once."""
    now = _running(_own(by, survey), share, version, at)
    now.ended_on, now.version = timezone.localdate(at), now.version + 1
    now.save(update_fields=["ended_on", "version"])
    _audit(by, share_queries.source(now.pk), version=now.version, ended=True)


@action("voice.open_share")
def open_share(*, by: Scope, at: datetime, share: int) -> None:
    """Keep the day on which somebody opened what they are shown, so that whose it is can read it."""
    here = Q(survey__school_id=by.school_id, reader_id=by.person_id)
    now: FeedbackShare = get_object_or_404(FeedbackShare.objects.select_for_update().filter(here), pk=share)
    existing(share_queries.shown(by, now.pk))
    now.opened_on = timezone.localdate(at)
    now.save(update_fields=["opened_on"])
    _audit(by, share_queries.source(now.pk), opened=True)


def _own(by: Scope, survey: int) -> Survey:
    """Return the feedback on whoever acts, locked. Errors: Http404, Refused."""
    mine = Survey.objects.select_for_update().filter(school_id=by.school_id, about_id=by.person_id)
    found: Survey = get_object_or_404(mine, pk=survey)
    require(rules.show_feedback(by, queries.facts(found)))
    return found


def _running(about: Survey, share: int, version: int, at: datetime) -> FeedbackShare:
    now: FeedbackShare = get_object_or_404(about.shares.select_for_update(), pk=share)
    if now.version != version or not share_queries.runs(now, at):
        raise Stale(CHANGED)
    return now


def _check(about: Survey, shown: Shown, at: datetime) -> None:
    """Refuse what the form would not have offered. Errors: Unusable."""
    if wrong := rules.until(shown.until, today=timezone.localdate(at)):
        raise Unusable(f"{wrong}. Nothing was shown.")
    if set(shown.parts) - {each.part for each in queries.questions(about)}:
        raise Unusable("Choose what you show from the list. Nothing was shown.")


def _is(now: FeedbackShare, why: Why, shown: Shown) -> bool:
    kept = Shown(tuple(now.parts), now.until, now.comments, now.own)
    return (now.why, kept) == (why, shown)


def _save(now: FeedbackShare, shown: Shown) -> None:
    now.parts, now.until, now.version = list(shown.parts), shown.until, now.version + 1
    now.comments, now.own = shown.comments, shown.own
    now.save()


def _audit(by: Scope, subject: str, **told: Fact) -> None:
    """Tell the installation's audit: the school's is read by its head, who may not know who shows whom what."""
    actions.audit(subject, chain=INSTALLATION, detail=None, school=by.school_id, **told)
