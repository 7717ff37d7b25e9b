"""Addresses of being visible to schools like ours."""

from headship.core.audience import route, school_posts
from headship.core.roles import Role
from headship.outcomes import contact_rules as rules
from headship.outcomes import contact_views as views

HEAD = school_posts("the headteacher, who decides who is visible", Role.HEADTEACHER, refusal=rules.HEAD_ONLY)

urlpatterns = [
    route("schools/<int:urn>/similar/contact", views.contact, name="similar-contact", audience=HEAD),
    route("schools/<int:urn>/similar/contact/hide", views.hide, name="similar-contact-hide", audience=HEAD),
]
