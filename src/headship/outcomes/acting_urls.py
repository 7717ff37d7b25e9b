"""Addresses of what a school does about its results: targets, progress meetings, interventions."""

from headship.outcomes import intervention_urls, meeting_urls, target_urls

urlpatterns = [*target_urls.urlpatterns, *meeting_urls.urlpatterns, *intervention_urls.urlpatterns]
endpoints = (*target_urls.endpoints, *meeting_urls.endpoints, *intervention_urls.endpoints)
