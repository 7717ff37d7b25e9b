"""Queries whose filters forget the school: what the belts are for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.query import QuerySet

WHOSE = {"school", "school_id", "chain", "trust", "trust_id", "year__school_id"}


@contextmanager
def filters_without_school() -> Iterator[None]:
    """Take the school out of every filter that any query function writes."""
    kept = QuerySet._filter_or_exclude_inplace

    def careless(self, negate, args, kwargs):
        return kept(self, negate, args, {name: value for name, value in kwargs.items() if name not in WHOSE})

    QuerySet._filter_or_exclude_inplace = careless
    try:
        yield
    finally:
        QuerySet._filter_or_exclude_inplace = kept
