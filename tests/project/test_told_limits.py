"""The page of limits tells what the code holds, and leaves none of the counted ones out."""

from headship.core import limits
from headship.project import reference, told_limits


def test_every_counted_limit_is_told(settings):
    told = {what for what, _, _ in told_limits.table()}
    assert {each.words for each in limits.LIMITS} | set(told_limits.WORDS.values()) <= told
    assert set(told_limits.WORDS) == set(settings.ACCOUNT_RATE_LIMITS)


def test_the_page_follows_the_code(settings):
    assert "| Wrong passwords or codes | 5 in 5 minutes | account or address typed |" in reference.limits()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "7/2h/key"}
    assert "| Wrong passwords or codes | 7 in 2 hours | account or address typed |" in reference.limits()
