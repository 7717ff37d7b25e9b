"""Addresses of staff and pupil lists; a rule inside each view says who may bring one."""

from headship.core.audience import SCHOOL, route
from headship.people import roster_views as views

HERE = "schools/<int:urn>/people/lists/"

urlpatterns = [
    route(HERE, views.rosters, name="rosters", audience=SCHOOL),
    route(f"{HERE}letters/", views.roster_letters, name="roster-letters", audience=SCHOOL, fresh=True),
    route(f"{HERE}<int:roster>/", views.roster, name="roster", audience=SCHOOL),
    route(f"{HERE}<int:roster>/columns/", views.roster_columns, name="roster-columns", audience=SCHOOL),
    route(f"{HERE}<int:roster>/posts/", views.roster_posts, name="roster-posts", audience=SCHOOL),
    route(f"{HERE}<int:roster>/take/", views.roster_take, name="roster-take", audience=SCHOOL, fresh=True),
    route(f"{HERE}<int:roster>/undo/", views.roster_undo, name="roster-undo", audience=SCHOOL, fresh=True),
]
