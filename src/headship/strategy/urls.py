"""Addresses of `strategy`, each with its audience."""

from django.urls import URLPattern

from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.strategy import (
    api,
    journal_views,
    plan_api,
    plan_rules,
    plan_views,
    rights_api,
    rights_rules,
    rights_views,
    rules,
    step_views,
    team_rules,
    team_views,
    views,
    vision_api,
    vision_rules,
    vision_views,
)

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
NOTERS = school_posts("those who note decisions", *rules.NOTERS, refusal=rules.NOTERS_ONLY)
KEEPERS = school_posts("the headteacher and the chair", *rules.VALUE_KEEPERS, refusal=rules.VALUE_KEEPERS_ONLY)
RECORDERS = school_posts(
    "the chair and the governance professional", *vision_rules.RECORDERS, refusal=vision_rules.RECORDERS_ONLY
)
HEAD = school_posts("the headteacher", *vision_rules.PUBLISHERS, refusal=vision_rules.PUBLISHERS_ONLY)
PLANNERS = school_posts("the headteacher and senior leaders", *plan_rules.EDITORS, refusal=plan_rules.EDITORS_ONLY)
MINUTERS = school_posts(
    "the chair, the governance professional and the headteacher",
    *plan_rules.MINUTERS,
    refusal=plan_rules.MINUTERS_ONLY,
)
WRITERS = school_posts("the headteacher", *plan_rules.WRITERS, refusal=plan_rules.WRITERS_ONLY)
MAPPERS = school_posts("the headteacher and the chair", *rights_rules.EDITORS, refusal=rights_rules.EDITORS_ONLY)
FORMERS = school_posts("the headteacher and senior leaders", *team_rules.EDITORS, refusal=team_rules.EDITORS_ONLY)
AT = "schools/<int:urn>/"
MAP = AT + "who-decides/"
AREA = MAP + "<int:responsibility>"
TEAM = AT + "teams/<int:team>"
PLAN = AT + "plan/<int:plan>"
PRIORITY = AT + "priorities/<int:priority>"
OBJECTIVE = AT + "objectives/<int:objective>"
PLANNED = AT + "planned/<int:planned>"
TOLD = PLAN + "/<int:year>/<str:audience>"

urlpatterns: list[URLPattern] = [
    route(AT + "decisions/", views.decisions, name="decisions", audience=READERS),
    route(AT + "decisions/note", views.note, name="decision-note", audience=NOTERS),
    route(AT + "decisions/<int:decision>", views.decision, name="decision", audience=READERS),
    route(AT + "decisions/<int:decision>/change", views.change, name="decision-change", audience=NOTERS),
    route(AT + "decisions/<int:decision>/withdraw", views.withdraw, name="decision-withdraw", audience=NOTERS),
    route(
        AT + "decisions/<int:decision>/look-back", journal_views.look_back, name="decision-look-back", audience=NOTERS
    ),
    route(AT + "decisions/look-backs/<int:look>", journal_views.look, name="look-back", audience=READERS),
    route(AT + "decisions/looked-back", journal_views.looked, name="decisions-looked-back", audience=READERS),
    route(MAP, rights_views.who_decides, name="who-decides", audience=READERS),
    route(
        MAP + "document",
        rights_views.document,
        name="who-decides-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(MAP + "on-a-day", rights_views.on_day, name="who-decides-on-a-day", audience=READERS),
    route(MAP + "take", rights_views.take, name="areas-take", audience=MAPPERS),
    route(MAP + "add", rights_views.area_add, name="area-add", audience=MAPPERS),
    route(AREA, rights_views.area, name="area", audience=READERS),
    route(AREA + "/change", rights_views.area_change, name="area-change", audience=MAPPERS),
    route(AREA + "/end", rights_views.area_end, name="area-end", audience=MAPPERS),
    route(AT + "teams/", team_views.teams, name="teams", audience=READERS),
    route(AT + "teams/add", team_views.add, name="team-add", audience=FORMERS),
    route(AT + "teams/review", team_views.arrange, name="review-arrange", audience=FORMERS),
    route(TEAM, team_views.team, name="team", audience=READERS),
    route(TEAM + "/change", team_views.change, name="team-change", audience=FORMERS),
    route(TEAM + "/end", team_views.end, name="team-end", audience=FORMERS),
    route(TEAM + "/member", team_views.member_add, name="member-add", audience=FORMERS),
    route(AT + "teams/members/<int:member>/end", team_views.member_end, name="member-end", audience=FORMERS),
    route(AT + "decision-reviews/<int:review>", team_views.review, name="review", audience=READERS),
    route(AT + "decision-reviews/<int:review>/evidence", team_views.evidence, name="review-evidence", audience=READERS),
    route(AT + "decision-reviews/<int:review>/choose", team_views.choose, name="review-choose", audience=READERS),
    route(AT + "decision-reviews/read/<int:reading>", team_views.write, name="reading-write", audience=READERS),
    route(AT + "values/", vision_views.values, name="values", audience=READERS),
    route(
        AT + "values/document",
        vision_views.document,
        name="values-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(AT + "vision/draft", vision_views.draft, name="vision-draft", audience=KEEPERS),
    route(AT + "vision/on-a-day", vision_views.on_day, name="vision-on-day", audience=READERS),
    route(AT + "vision/<int:vision>", vision_views.vision, name="vision", audience=READERS),
    route(AT + "vision/<int:vision>/change", vision_views.change, name="vision-change", audience=KEEPERS),
    route(AT + "vision/<int:vision>/agree", vision_views.agree, name="vision-agree", audience=RECORDERS),
    route(AT + "vision/<int:vision>/publish", vision_views.publish, name="vision-publish", audience=HEAD),
    route(AT + "plan/", plan_views.plan, name="plan", audience=READERS),
    route(AT + "plan/begin", plan_views.begin, name="plan-begin", audience=PLANNERS),
    route(PLAN, plan_views.one, name="plan-one", audience=READERS),
    route(PLAN + "/document", plan_views.document, name="plan-document", audience=READERS, fresh=True, limit=EXPORTS),
    route(PLAN + "/change", plan_views.change, name="plan-change", audience=PLANNERS),
    route(PLAN + "/approve", plan_views.approve, name="plan-approve", audience=RECORDERS),
    route(PLAN + "/approved/<int:approval>", plan_views.copy, name="plan-copy", audience=READERS),
    route(PLAN + "/priority", plan_views.priority_add, name="priority-add", audience=PLANNERS),
    route(PLAN + "/action", step_views.add, name="action-add", audience=PLANNERS),
    route(PRIORITY + "/change", plan_views.priority_change, name="priority-change", audience=PLANNERS),
    route(PRIORITY + "/withdraw", plan_views.priority_withdraw, name="priority-withdraw", audience=PLANNERS),
    route(OBJECTIVE + "/withdraw", plan_views.objective_withdraw, name="objective-withdraw", audience=PLANNERS),
    route(PRIORITY + "/objective", plan_views.objective_add, name="objective-add", audience=PLANNERS),
    route(OBJECTIVE, plan_views.objective, name="objective", audience=READERS),
    route(OBJECTIVE + "/change", plan_views.objective_change, name="objective-change", audience=PLANNERS),
    route(OBJECTIVE + "/measure", plan_views.objective_measure, name="objective-measure", audience=PLANNERS),
    route(PLANNED, step_views.planned, name="planned-action", audience=READERS),
    route(PLANNED + "/change", step_views.change, name="planned-change", audience=PLANNERS),
    route(PLANNED + "/move", step_views.move, name="planned-move", audience=READERS),
    route(PLANNED + "/milestone", step_views.milestone_add, name="milestone-add", audience=READERS),
    route(PLANNED + "/minute", step_views.minute, name="minute-link", audience=MINUTERS),
    route(
        AT + "milestones/<int:milestone>/change", step_views.milestone_change, name="milestone-change", audience=READERS
    ),
    route(AT + "milestones/<int:milestone>", step_views.milestone_reach, name="milestone-reach", audience=READERS),
    route(TOLD, plan_views.words, name="plan-words", audience=READERS),
    route(
        TOLD + "/document",
        plan_views.words_document,
        name="plan-words-document",
        audience=READERS,
        fresh=True,
        limit=EXPORTS,
    ),
    route(TOLD + "/write", plan_views.words_write, name="plan-words-write", audience=WRITERS),
    route(TOLD + "/show", plan_views.words_show, name="plan-words-show", audience=WRITERS),
    route(AT + "values/add", views.value_add, name="value-add", audience=KEEPERS),
    route(AT + "values/<int:value>/change", views.value_change, name="value-change", audience=KEEPERS),
    route(AT + "values/<int:value>/retire", views.value_retire, name="value-retire", audience=KEEPERS),
]

HERE = "schools/{int:urn}"
ONE, VALUE = f"{HERE}/decisions/{{int:decision}}", f"{HERE}/values/{{int:value}}"
endpoints = (
    endpoint("GET", f"{HERE}/decisions", api.decisions, audience=READERS, gives=Page[api.DecisionListed]),
    endpoint(
        "POST",
        f"{HERE}/decisions",
        api.note_decision,
        audience=NOTERS,
        gives=api.DecisionGiven,
        once=True,
        made=True,
    ),
    endpoint("GET", ONE, api.decision, audience=READERS, gives=api.DecisionGiven),
    endpoint("PUT", ONE, api.change_decision, audience=NOTERS, gives=api.DecisionGiven, versioned=True),
    endpoint(
        "POST",
        f"{ONE}/withdrawal",
        api.withdraw_decision,
        audience=NOTERS,
        gives=api.DecisionGiven,
        versioned=True,
    ),
    endpoint("GET", f"{HERE}/values", api.values, audience=READERS, gives=Page[api.ValueGiven]),
    endpoint("POST", f"{HERE}/values", api.add_value, audience=KEEPERS, gives=api.ValueGiven, made=True),
    endpoint("GET", VALUE, api.value, audience=READERS, gives=api.ValueGiven),
    endpoint("PUT", VALUE, api.change_value, audience=KEEPERS, gives=api.ValueGiven, versioned=True),
    endpoint("GET", f"{HERE}/areas", rights_api.areas, audience=READERS, gives=Page[rights_api.AreaGiven]),
    endpoint("GET", f"{HERE}/teams", rights_api.teams, audience=READERS, gives=Page[rights_api.TeamGiven]),
    endpoint("GET", f"{HERE}/plans", plan_api.plans, audience=READERS, gives=Page[plan_api.PlanGiven]),
    endpoint("GET", f"{HERE}/plans/{{int:plan}}", plan_api.plan, audience=READERS, gives=plan_api.PlanGiven),
    endpoint(
        "GET",
        f"{HERE}/plans/{{int:plan}}/actions",
        plan_api.planned_actions,
        audience=READERS,
        gives=Page[plan_api.ActionGiven],
    ),
    endpoint("GET", f"{HERE}/visions", vision_api.visions, audience=READERS, gives=Page[vision_api.VisionGiven]),
    endpoint(
        "GET", f"{HERE}/visions/{{int:vision}}", vision_api.vision, audience=READERS, gives=vision_api.VisionGiven
    ),
    endpoint("DELETE", VALUE, api.retire_value, audience=KEEPERS, gives=None, versioned=True),
)
