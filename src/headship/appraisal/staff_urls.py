"""Addresses of staff appraisal, each with its audience."""

from django.urls import URLPattern

from headship.appraisal import (
    staff_appeal_rules,
    staff_appeal_views,
    staff_course_views,
    staff_fairness_views,
    staff_moderation_views,
    staff_objective_views,
    staff_practice_rules,
    staff_practice_views,
    staff_rules,
    staff_template_views,
    staff_views,
)
from headship.core.audience import route, school_posts
from headship.core.limits import EXPORTS
from headship.core.roles import STAFF

READERS = school_posts("staff, each of the years they read", *STAFF, refusal=staff_rules.STAFF_ONLY)
HEARERS = school_posts(
    "those who hear an appeal or name who does, each of theirs",
    *staff_appeal_rules.FINDERS,
    refusal=staff_appeal_rules.FINDERS_ONLY,
)
PRACTICE = school_posts("staff", *STAFF, refusal=staff_practice_rules.STAFF_ONLY)
AT = "schools/<int:urn>/appraisal/"
# What follows that address, the view, and its name.
CYCLES = (
    ("", staff_views.appraisals, "staff-appraisal"),
    ("set-up", staff_views.cycle_new, "staff-cycle-new"),
    ("fairness", staff_fairness_views.fairness, "staff-fairness"),
    ("fairness/release", staff_fairness_views.release, "staff-fairness-release"),
    ("cycles/<int:cycle>", staff_views.cycle, "staff-cycle"),
    ("cycles/<int:cycle>/change", staff_views.cycle_change, "staff-cycle-change"),
    ("cycles/<int:cycle>/again", staff_views.cycle_again, "staff-cycle-again"),
    ("cycles/<int:cycle>/people", staff_views.members, "staff-members"),
    ("cycles/<int:cycle>/objective", staff_views.many, "staff-many"),
    ("cycles/<int:cycle>/objectives", staff_template_views.put, "staff-put"),
    ("cycles/<int:cycle>/template", staff_template_views.from_cycle, "staff-cycle-template"),
    ("cycles/<int:cycle>/beside", staff_moderation_views.group, "staff-moderation"),
    ("cycles/<int:cycle>/beside/looked-at", staff_moderation_views.looked_at, "staff-looked-at"),
)
TEMPLATES = (
    ("", staff_template_views.templates, "staff-templates"),
    ("/new", staff_template_views.template_new, "staff-template-new"),
    ("/<int:template>", staff_template_views.template, "staff-template"),
    ("/<int:template>/change", staff_template_views.template_change, "staff-template-change"),
    ("/<int:template>/take-away", staff_template_views.template_drop, "staff-template-drop"),
    ("/<int:template>/begin/<int:starts_in>", staff_template_views.template_begin, "staff-template-begin"),
    ("/<int:template>/objective", staff_template_views.aim_add, "staff-template-aim"),
    ("/<int:template>/objectives/<int:common>", staff_template_views.aim_change, "staff-template-aim-change"),
    ("/<int:template>/objectives/<int:common>/take-out", staff_template_views.aim_drop, "staff-template-aim-drop"),
)
YEARS = (
    ("", staff_views.year, "staff-year"),
    ("/take-out", staff_views.take_out, "staff-take-out"),
    ("/close", staff_views.close, "staff-close"),
    ("/appraiser", staff_views.appraiser, "staff-appraiser"),
    ("/objective", staff_objective_views.objective_add, "staff-objective-add"),
    ("/objectives/<int:aim>/change", staff_objective_views.objective_change, "staff-objective-change"),
    ("/objectives/<int:aim>/take-out", staff_objective_views.objective_drop, "staff-objective-drop"),
    ("/set", staff_objective_views.objectives_set, "staff-set"),
    ("/take-up-again", staff_course_views.take_up, "staff-take-up"),
    ("/reflection", staff_course_views.reflection, "staff-reflection"),
    ("/mid-year", staff_course_views.halfway, "staff-halfway"),
    ("/review", staff_course_views.review, "staff-review"),
    ("/review/take-back", staff_course_views.review_back, "staff-review-back"),
    ("/statement", staff_course_views.statement, "staff-statement"),
    ("/statement/give", staff_course_views.give, "staff-give"),
    ("/statement/take-back", staff_course_views.take_back, "staff-take-back"),
    ("/statement/comment", staff_course_views.comment, "staff-comment"),
    ("/look-again", staff_moderation_views.ask_again, "staff-look-again"),
    ("/look-again/answer", staff_moderation_views.answer, "staff-look-answer"),
    ("/appeal", staff_appeal_views.lodge, "staff-appeal"),
    ("/appeal/read", staff_appeal_views.read, "staff-appeal-read"),
    ("/complete", staff_course_views.complete, "staff-complete"),
    ("/open-again", staff_course_views.reopen, "staff-reopen"),
    ("/copies/<int:copy>", staff_course_views.copy, "staff-copy"),
)
PRACTICES = (
    ("practice", staff_practice_views.practices, "practice"),
    ("practice/recognise", staff_practice_views.recognise, "practice-recognise"),
    ("practice/<int:practice>/answer", staff_practice_views.answer, "practice-answer"),
    ("practice/<int:practice>/take-back", staff_practice_views.take_back, "practice-take-back"),
)
APPEALS = (
    ("", staff_appeal_views.listed, "staff-appeals"),
    ("/<int:appeal>", staff_appeal_views.file, "staff-appeal-file"),
    ("/<int:appeal>/hearers", staff_appeal_views.hearers, "staff-appeal-hearers"),
    ("/<int:appeal>/heard", staff_appeal_views.hear, "staff-appeal-hear"),
)
DOCUMENTS = (
    ("/document", staff_course_views.document, "staff-document"),
    ("/copies/<int:copy>/document", staff_course_views.copy_document, "staff-copy-document"),
)

urlpatterns: list[URLPattern] = [
    *(route(AT + after, view, name=name, audience=READERS) for after, view, name in CYCLES),
    *(route(AT + after, view, name=name, audience=PRACTICE) for after, view, name in PRACTICES),
    *(route(f"{AT}templates{after}", view, name=name, audience=READERS) for after, view, name in TEMPLATES),
    *(route(f"{AT}appeals{after}", view, name=name, audience=HEARERS) for after, view, name in APPEALS),
    *(route(f"{AT}years/<int:appraised>{after}", view, name=name, audience=READERS) for after, view, name in YEARS),
    *(
        route(f"{AT}years/<int:appraised>{after}", view, name=name, audience=READERS, fresh=True, limit=EXPORTS)
        for after, view, name in DOCUMENTS
    ),
]
