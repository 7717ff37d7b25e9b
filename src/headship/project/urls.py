"""Every address of the product, from each application's own list."""

from django.urls import include, path

from headship.project import described

urlpatterns = [
    path("", include("headship.project.own_urls")),
    path("", include("headship.standards.urls")),
    path("", include("headship.schools.urls")),
    path("", include("headship.people.urls")),
    path("", include("headship.privacy.urls")),
    path("", include("headship.evidence.urls")),
    path("", include("headship.outcomes.urls")),
    path("", include("headship.voice.urls")),
    path("", include("headship.strategy.urls")),
    path("", include("headship.policies.urls")),
    path("", include("headship.workload.urls")),
    path("", include("headship.improvement.urls")),
    path("", include("headship.equality.urls")),
    path("", include("headship.appraisal.urls")),
    path("", include("headship.talent.urls")),
    path("", include("headship.governance.urls")),
    path("api/v1/", include(described.addresses)),
]
handler404 = "headship.core.views.not_found"
handler500 = "headship.core.views.broken"
handler403 = "headship.core.views.forbidden"
handler400 = "headship.core.views.bad_request"
