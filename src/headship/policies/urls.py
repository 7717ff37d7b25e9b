"""Addresses of `policies`, each with its audience."""

from django.urls import URLPattern

from headship.core import roles
from headship.core.audience import route, school_posts
from headship.core.endpoints import endpoint
from headship.core.limits import EXPORTS
from headship.core.shapes import Page
from headship.policies import api, approval_views, change_rules, change_views, list_views, rules, views

READERS = school_posts("staff and governors", *rules.READERS, refusal=rules.READERS_ONLY)
STAFF = school_posts("staff", *roles.STAFF, refusal=rules.STAFF_ONLY)
KEEPERS = school_posts(
    "the headteacher, senior leaders and the school business manager", *rules.KEEPERS, refusal=rules.KEEPERS_ONLY
)
NOTERS = school_posts(
    "the headteacher, senior leaders and the school business manager", *rules.KEEPERS, refusal=change_rules.KEEPERS_ONLY
)
APPROVERS = school_posts(
    "the headteacher, the chair and the governance professional", *rules.APPROVERS, refusal=rules.APPROVERS_ONLY
)
AT = "schools/<int:urn>/"
POLICY = AT + "policies/<int:policy>"
LIST = AT + "policies/lists/<int:batch>"
TEXT = AT + "policies/texts/<int:text>"
CHANGE = AT + "changes-in-policy/<int:change>"
DUTY = AT + "changes-in-policy/duties/<int:duty>"
DOING = AT + "changes-in-policy/actions/<int:doing>"

urlpatterns: list[URLPattern] = [
    route(AT + "policies/", views.policies, name="policies", audience=READERS),
    route(AT + "policies/add", views.add, name="policy-add", audience=KEEPERS),
    route(AT + "policies/lists/", list_views.lists, name="policy-lists", audience=KEEPERS),
    route(LIST, list_views.one, name="policy-list", audience=KEEPERS),
    route(LIST + "/take", list_views.take, name="policy-list-take", audience=KEEPERS),
    route(LIST + "/undo", list_views.undo, name="policy-list-undo", audience=KEEPERS),
    route(AT + "policies/required", views.required, name="policies-required", audience=READERS),
    route(AT + "policies/overdue", views.late, name="policies-late", audience=READERS),
    route(AT + "to-read/", views.to_read, name="policies-to-read", audience=STAFF),
    route(POLICY, views.policy, name="policy", audience=READERS),
    route(POLICY + "/change", views.change, name="policy-change", audience=KEEPERS),
    route(POLICY + "/withdraw", views.withdraw, name="policy-withdraw", audience=KEEPERS),
    route(POLICY + "/draft", views.draft, name="policy-draft", audience=STAFF),
    route(POLICY + "/review", approval_views.review, name="policy-review", audience=STAFF),
    route(POLICY + "/on-a-day", views.on_day, name="policy-on-day", audience=READERS),
    route(POLICY + "/compare", views.compare, name="policy-compare", audience=READERS),
    route(TEXT, views.text, name="policy-text", audience=READERS),
    route(TEXT + "/document", views.document, name="policy-text-document", audience=READERS, fresh=True, limit=EXPORTS),
    route(TEXT + "/words", views.words, name="policy-words", audience=STAFF),
    route(TEXT + "/offer", views.offer, name="policy-offer", audience=STAFF),
    route(TEXT + "/approve", approval_views.approve, name="policy-approve", audience=APPROVERS),
    route(TEXT + "/bring", views.bring, name="policy-bring", audience=KEEPERS),
    route(TEXT + "/read", views.read, name="policy-read", audience=STAFF),
    route(AT + "policies/approvals/<int:approval>", approval_views.approval, name="policy-approval", audience=READERS),
    route(
        AT + "policies/reviews/<int:review>/approve",
        approval_views.review_approve,
        name="policy-review-approve",
        audience=APPROVERS,
    ),
    route(AT + "changes-in-policy/", change_views.changes, name="changes-in-policy", audience=READERS),
    route(AT + "changes-in-policy/note", change_views.add, name="change-in-policy-add", audience=NOTERS),
    route(CHANGE, change_views.change, name="change-in-policy", audience=READERS),
    route(CHANGE + "/edit", change_views.edit, name="change-in-policy-edit", audience=NOTERS),
    route(CHANGE + "/duty", change_views.duty_add, name="duty-add", audience=NOTERS),
    route(DUTY + "/edit", change_views.duty_edit, name="duty-edit", audience=READERS),
    route(DUTY + "/withdraw", change_views.duty_withdraw, name="duty-withdraw", audience=READERS),
    route(DUTY + "/act", change_views.act, name="duty-act", audience=READERS),
    route(DOING, change_views.action, name="duty-action", audience=READERS),
    route(DOING + "/edit", change_views.action_edit, name="duty-action-edit", audience=NOTERS),
    route(DOING + "/move", change_views.action_move, name="duty-action-move", audience=STAFF),
]

HERE = "schools/{int:urn}"
endpoints = (
    endpoint("GET", f"{HERE}/policies", api.policies, audience=READERS, gives=Page[api.PolicyGiven]),
    endpoint("GET", f"{HERE}/policies/{{int:policy}}", api.policy, audience=READERS, gives=api.PolicyGiven),
    endpoint(
        "GET",
        f"{HERE}/policies/{{int:policy}}/versions",
        api.versions,
        audience=READERS,
        gives=Page[api.VersionGiven],
    ),
    endpoint("GET", f"{HERE}/policy-texts/{{int:text}}", api.version, audience=READERS, gives=api.VersionGiven),
    endpoint("GET", f"{HERE}/changes-in-policy", api.changes, audience=READERS, gives=Page[api.ChangeGiven]),
    endpoint("GET", f"{HERE}/changes-in-policy/{{int:change}}", api.change, audience=READERS, gives=api.ChangeGiven),
)
