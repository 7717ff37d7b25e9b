"""Addresses of what a school does about its results, each list with its own file."""

from headship.outcomes import contact_urls, intervention_urls, meeting_urls, spend_urls, sum_urls, target_urls

urlpatterns = [
    *target_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *intervention_urls.urlpatterns,
    *spend_urls.urlpatterns,
    *contact_urls.urlpatterns,
    *sum_urls.urlpatterns,
]
endpoints = (
    *target_urls.endpoints,
    *meeting_urls.endpoints,
    *intervention_urls.endpoints,
    *spend_urls.endpoints,
    *sum_urls.endpoints,
)
