"""Reads: a query is told whose school it reads, by its first argument, or stands in the short list with its reason."""

import ast
import re

import pytest

from tests.house.source import SOURCE, functions

WHOSE = {"scope", "school", "school_id", "school_ids", "place", "by", "person_id", "account"}
ASKS = re.compile(r"\b[A-Z]\w+\.objects\b|\.cursor\(")

# Queries of what belongs to no school, or that must look across schools.
ACROSS = {
    "outcomes.country": "where some schools are, from the register, which is published",
    "evidence._rows": "runs the statements written out in that file; each holds the school among its values",
    "standards": "frameworks are the same for everybody",
    "schools.newer_import": "the register is everybody's",
    "schools.joined_since": "the register is everybody's",
    "schools.import_batches": "the register is everybody's",
    "schools.import_batch": "the register is everybody's",
    "schools.remembered_mapping": "the register is everybody's",
    "schools.stopped": "the register is everybody's",
    "schools.feed_reader": "a private calendar address says by itself whose it is, at which school",
    "people.invitation_by": "whoever holds a letter's token has no post yet; the token is the right",
    "voice.invited_by": "whoever holds a link to a survey has no account; the token is the right",
    "project.is_set_up": "whether anybody at all has an account",
    "project.step": "the first hour of the installation, before there is a school",
    "governance.due": "the daily mail of every school; each school's own people get its own checkpoint",
    "people.account_at": "an e-mail address signs in to one account of the installation",
}
QUERIES = [
    pytest.param(path, each, id=f"{path.parent.name}.{each.node.name}")
    for path in sorted(SOURCE.glob("*/queries.py"))
    for each in functions(path)
    if each.top and ASKS.search(ast.unparse(each.node))
]


@pytest.mark.parametrize(("path", "function"), QUERIES)
def test_it_is_told_whose_school_it_reads(path, function):
    arguments = [each.arg for each in (*function.node.args.args, *function.node.args.kwonlyargs)]
    app = path.parent.name
    told = bool(WHOSE & set(arguments[:1] if function.public else arguments))
    listed = app in ACROSS or f"{app}.{function.node.name}" in ACROSS
    assert told or listed, f"{function.where}: take the scope (or school_id) first, or list it in ACROSS with why."


def test_the_list_holds_nothing_that_is_gone():
    names = {f"{path.parent.name}.{each.node.name}" for path, each in (param.values for param in QUERIES)}
    apps = {path.parent.name for path, _ in (param.values for param in QUERIES)}
    assert sorted(set(ACROSS) - names - apps) == []
