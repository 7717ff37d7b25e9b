"""Addresses of `voice`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import ANYONE, route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.roles import Role
from headship.core.shapes import Page
from headship.voice import (
    answer_views,
    api,
    choices,
    code_views,
    comment_views,
    complaint_urls,
    link_views,
    mail_views,
    own_views,
    paper_views,
    people_views,
    promise_views,
    result_views,
    rules,
    share_views,
    translation_views,
    typed_views,
    views,
)

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
RUNNERS = school_posts(
    "those who run surveys", *rules.RUNNERS, *(Role(each) for held in rules.FEEDBACK_FOR.values() for each in held),
    refusal=rules.RUNNERS_ONLY,
)  # fmt: skip
TYPISTS = school_posts(
    "those who type in papers", *choices.TYPISTS,
    refusal="Papers are typed in by somebody of the office or support staff. Ask whoever runs the survey.",
)  # fmt: skip
PROMISERS = school_posts("those who promise", *rules.RUNNERS, refusal=rules.PROMISERS_ONLY)
SHOWN_TO = school_posts("whoever feedback can be shown to", *rules.SHOWN_TO, refusal=rules.SHOWN_ONLY)
AT = "schools/<int:urn>/surveys/"
ONE = AT + "<int:survey>"
SHOWN = "schools/<int:urn>/feedback/"

urlpatterns: list[URLPattern] = [
    *complaint_urls.urlpatterns,
    route("answer/<str:token>", answer_views.answer, name="answer", audience=ANYONE),
    route("answer/<str:token>/no-more", answer_views.no_more, name="answer-no-more", audience=ANYONE),
    route("answer/typed/<str:leave>", typed_views.typed, name="answer-typed", audience=ANYONE),
    route(AT, views.surveys, name="surveys", audience=READERS),
    route(AT + "new", views.new, name="survey-new", audience=RUNNERS),
    route(AT + "new/<slug:instrument>", views.prepare, name="survey-prepare", audience=RUNNERS),
    route(ONE, views.survey, name="survey", audience=READERS),
    route(ONE + "/change", views.change, name="survey-change", audience=RUNNERS),
    route(ONE + "/people", people_views.people, name="survey-people", audience=RUNNERS),
    route(ONE + "/codes/make", views.make_codes, name="survey-codes-make", audience=RUNNERS),
    route(ONE + "/codes", code_views.codes, name="survey-codes", audience=RUNNERS, fresh=True, limit=EXPORTS),
    route(ONE + "/links", link_views.links, name="survey-links", audience=RUNNERS, fresh=True, limit=EXPORTS),
    route(ONE + "/addresses", mail_views.give, name="survey-addresses", audience=RUNNERS),
    route(ONE + "/addresses/ask", mail_views.ask, name="survey-addresses-ask", audience=RUNNERS),
    route(ONE + "/paper", paper_views.paper, name="survey-paper", audience=RUNNERS),
    route(ONE + "/papers", paper_views.print_papers, name="survey-papers", audience=RUNNERS, fresh=True, limit=EXPORTS),
    route(ONE + "/typing", paper_views.typing, name="survey-typing", audience=TYPISTS),
    route(ONE + "/themes", comment_views.themes, name="survey-themes", audience=RUNNERS),
    route(ONE + "/languages", translation_views.languages, name="survey-languages", audience=RUNNERS),
    route(ONE + "/languages/<str:language>", translation_views.translate, name="survey-translate", audience=RUNNERS),
    route(
        ONE + "/languages/<str:language>/sheet", translation_views.sheet, name="survey-sheet",
        audience=RUNNERS, fresh=True, limit=EXPORTS,
    ),
    route(
        ONE + "/languages/<str:language>/bring", translation_views.take_sheet, name="survey-sheet-take",
        audience=RUNNERS,
    ),
    route(ONE + "/preview", views.preview, name="survey-preview", audience=RUNNERS),
    route(ONE + "/open", views.open_survey, name="survey-open", audience=RUNNERS),
    route(ONE + "/remind", views.remind, name="survey-remind", audience=RUNNERS),
    route(ONE + "/close", views.close, name="survey-close", audience=RUNNERS),
    route(ONE + "/drop", views.drop, name="survey-drop", audience=RUNNERS),
    route(ONE + "/own", own_views.own, name="survey-own", audience=RUNNERS),
    route(ONE + "/pack", share_views.pack, name="feedback-pack", audience=RUNNERS, fresh=True, limit=EXPORTS),
    route(ONE + "/shares", share_views.shares, name="feedback-shares", audience=RUNNERS),
    route(ONE + "/shares/new/<slug:why>", share_views.share_new, name="feedback-share-new", audience=RUNNERS),
    route(ONE + "/shares/<int:share>", share_views.share, name="feedback-share", audience=RUNNERS),
    route(ONE + "/shares/<int:share>/end", share_views.share_end, name="feedback-share-end", audience=RUNNERS),
    route(SHOWN, share_views.shown_list, name="feedback-shown-list", audience=SHOWN_TO),
    route(SHOWN + "<int:share>", share_views.shown, name="feedback-shown", audience=SHOWN_TO),
    route(SHOWN + "<int:share>/pack", share_views.shown_pack, name="feedback-shown-pack", audience=SHOWN_TO,
          fresh=True, limit=EXPORTS),
    route(ONE + "/report", result_views.report, name="survey-report", audience=READERS, fresh=True, limit=EXPORTS),
    route(ONE + "/figures", result_views.figures, name="survey-figures", audience=READERS, fresh=True, limit=EXPORTS),
    route(ONE + "/promise", promise_views.make, name="promise-make", audience=PROMISERS),
    route("schools/<int:urn>/promises/", promise_views.promises, name="promises", audience=READERS),
    route("schools/<int:urn>/promises/<int:promise>", promise_views.promise, name="promise", audience=READERS),
]  # fmt: skip

SURVEYS = "schools/{int:urn}/surveys"
endpoints = (
    endpoint("GET", SURVEYS, api.surveys, audience=READERS, gives=Page[api.SurveyListed]),
    endpoint("GET", SURVEYS + "/{int:survey}", api.survey, audience=READERS, gives=api.SurveyGiven),
    endpoint("GET", SURVEYS + "/{int:survey}/figures", api.survey_figures, audience=READERS,
             gives=Page[api.FigureGiven]),
    endpoint("GET", "schools/{int:urn}/promises", api.promises, audience=READERS, gives=Page[api.PromiseGiven]),
)  # fmt: skip
