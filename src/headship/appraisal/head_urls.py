"""Addresses of a headteacher's appraisal: at the school, and for a leader of its trust at the trust."""

from django.urls import URLPattern

from headship.appraisal import (
    head_rules,
    head_statement_views,
    head_trust_views,
    head_views,
    head_write_views,
    own_rule_views,
)
from headship.core.audience import TRUST, route, school_posts
from headship.core.limits import EXPORTS
from headship.core.roles import STAFF

FINDERS = school_posts(
    "headteacher, board and adviser; staff who were headteacher",
    *head_rules.FINDERS,
    *STAFF,
    refusal=head_rules.FINDERS_ONLY,
)
HELD_AGAINST = school_posts("headteacher, board and adviser", *head_rules.FINDERS, refusal=head_rules.FINDERS_ONLY)
READERS = school_posts(
    "headteacher, governors and adviser, and staff who were headteacher, each of their own years",
    *head_rules.READERS,
    *STAFF,
    refusal=head_rules.FINDERS_ONLY,
)
RECORDERS = school_posts(
    "the chair and the governance professional", *head_rules.RECORDERS, refusal=head_rules.RECORDERS_ONLY
)
AT = "schools/<int:urn>/head-appraisal/"
TRUSTS = "trusts/<int:trust>/head-appraisal/"
YEAR = "<int:year>"
# Of one year: what follows its address, the view, and its name. A trust has each of them too.
OF_A_YEAR = (
    ("", head_views.year, "head-year"),
    ("/objective", head_write_views.objective_add, "head-objective-add"),
    ("/objectives/<int:objective>/change", head_write_views.objective_change, "head-objective-change"),
    ("/objectives/<int:objective>/take-out", head_write_views.objective_drop, "head-objective-drop"),
    ("/objectives/<int:objective>/own-words", head_write_views.own_words, "head-own-words"),
    ("/set", head_write_views.objectives_set, "head-objectives-set"),
    ("/take-up-again", head_write_views.objectives_again, "head-objectives-again"),
    ("/advice", head_write_views.advice, "head-advice"),
    ("/mid-year", head_write_views.halfway, "head-halfway"),
    ("/meeting", head_write_views.meeting, "head-meeting"),
    ("/go-on", head_write_views.onward, "head-onward"),
    ("/moderation", head_write_views.moderate, "head-moderate"),
    ("/evidence", head_write_views.evidence, "head-evidence"),
    ("/evidence/<int:shown>/take-back", head_write_views.evidence_hide, "head-evidence-hide"),
    ("/reflection", head_write_views.reflection, "head-reflection"),
    ("/statement", head_statement_views.statement, "head-statement"),
    ("/statement/give", head_statement_views.statement_give, "head-statement-give"),
    ("/statement/take-back", head_statement_views.statement_back, "head-statement-back"),
    ("/statement/comment", head_statement_views.comment, "head-comment"),
    ("/lock", head_statement_views.lock, "head-lock"),
    ("/open-again", head_statement_views.reopen, "head-reopen"),
    ("/lend", head_views.lend, "head-lend"),
    ("/appeal", head_statement_views.appeal, "head-appeal"),
    ("/appeal/heard", head_statement_views.appeal_hear, "head-appeal-hear"),
    ("/copies/<int:copy>", head_views.copy, "head-copy"),
)
DOCUMENTS = (
    ("/document", head_views.document, "head-document"),
    ("/copies/<int:copy>/document", head_views.copy_document, "head-copy-document"),
)

urlpatterns: list[URLPattern] = [
    route(AT, head_views.years, name="head-appraisal", audience=FINDERS),
    route(AT + "appoint", head_views.appoint, name="head-appoint", audience=RECORDERS),
    route(AT + "rule", own_rule_views.own_rule, name="own-rule", audience=HELD_AGAINST),
    route(AT + "rule/record", own_rule_views.record, name="own-rule-record", audience=RECORDERS),
    route(AT + "rule/<int:rule>/change", own_rule_views.change, name="own-rule-change", audience=RECORDERS),
    route(AT + "rule/<int:rule>/take-out", own_rule_views.drop, name="own-rule-drop", audience=RECORDERS),
    route(AT + YEAR + "/panel", head_views.panel_change, name="head-panel-change", audience=RECORDERS),
    route(AT + YEAR + "/remove", head_views.remove, name="head-remove", audience=RECORDERS),
    route(AT + YEAR + "/close", head_views.close, name="head-close", audience=RECORDERS),
    *(route(AT + YEAR + after, view, name=name, audience=READERS) for after, view, name in OF_A_YEAR),
    *(
        route(AT + YEAR + after, view, name=name, audience=READERS, fresh=True, limit=EXPORTS)
        for after, view, name in DOCUMENTS
    ),
    route(TRUSTS, head_trust_views.years, name="trust-head-appraisal", audience=TRUST),
    *(
        route(TRUSTS + YEAR + after, head_trust_views.there(view), name=f"trust-{name}", audience=TRUST)
        for after, view, name in OF_A_YEAR
    ),
    *(
        route(
            TRUSTS + YEAR + after,
            head_trust_views.there(view),
            name=f"trust-{name}",
            audience=TRUST,
            fresh=True,
            limit=EXPORTS,
        )
        for after, view, name in DOCUMENTS
    ),
]
