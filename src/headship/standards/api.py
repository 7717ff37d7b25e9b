"""The exchange addresses of CASE 1.0 and 1.1: public, only to be read, made to be cached."""

import functools
import hashlib
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from headship.standards import asked, catalogue, packages

KEPT_FOR = 300  # seconds a cache may answer for us
COLLECTIONS = {
    "CFDocuments": "CFDocument",
    "CFItems": "CFItem",
    "CFItemAssociations": "CFItemAssociations",
    "CFAssociations": "CFAssociation",
    "CFAssociationGroupings": "CFAssociationGrouping",
    "CFPackages": "CFPackage",
    "CFItemTypes": "CFItemType",
    "CFSubjects": "CFSubject",
    "CFConcepts": "CFConcept",
    "CFLicenses": "CFLicense",
    "CFRubrics": "CFRubric",
}
SPELLED = {"v1p0": {"invalid_uuid": "invaliduuid", "unauthorised_request": "unauthorisedrequest"}}
View = Callable[..., HttpResponse]


def _only_read(view: View) -> View:
    """Answer GET and HEAD; tell others that this is only to be read."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return view(request, **kwargs)
        answer = refused("v1p1", HTTPStatus.METHOD_NOT_ALLOWED, "method", "forbidden", "This address is only read.")
        answer["Allow"] = "GET, HEAD"
        return answer

    return guarded


def documents(version: str) -> View:
    """Return the view of all CFDocuments in a version of CASE."""

    @_only_read
    def view(request: HttpRequest) -> HttpResponse:
        try:
            what = asked.read(request.GET.dict(), version)
        except asked.NotUnderstoodError as wrong:
            return refused(version, HTTPStatus.BAD_REQUEST, wrong.name, wrong.code, wrong.words)
        fitting = what.chosen(_catalogue(request).documents(version))
        page = what.page(fitting)
        if not page:  # the set of documents may not be empty
            words = "No CFDocument here is like that, or none is left after this offset."
            return refused(version, HTTPStatus.NOT_FOUND, "CFDocuments", "unknownobject", words)
        links = what.links(request.build_absolute_uri(request.path), len(fitting))
        return answered(request, {"CFDocuments": page}, {"X-Total-Count": str(len(fitting)), "Link": links})

    return view


def one(collection: str, version: str) -> View:
    """Return the view of one resource of a collection in a version of CASE."""

    @_only_read
    def view(request: HttpRequest, identifier: str) -> HttpResponse:
        found = _catalogue(request).answer(COLLECTIONS[collection], identifier.lower(), version)
        if found is not None:
            return answered(request, found, {})
        if not packages.UUID_1_1.fullmatch(identifier.lower()):
            words = "This is no UUID of version 1 to 5, as CASE asks for."
            return refused(version, HTTPStatus.NOT_FOUND, "sourcedId", "invalid_uuid", words)
        words = f"Nothing in {collection} here has this identifier."
        return refused(version, HTTPStatus.NOT_FOUND, "sourcedId", "unknownobject", words)

    return view


def _catalogue(request: HttpRequest) -> catalogue.Catalogue:
    return catalogue.at(request.build_absolute_uri("/").rstrip("/"))


def answered(request: HttpRequest, found: object, headers: dict[str, str]) -> HttpResponse:
    """Answer with a resource, or say that what the caller has is still right."""
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(body, content_type="application/json", headers=headers)
    return cacheable(request, response)


def cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let anybody keep an answer for some minutes, and ask with its ETag whether it is still right."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    found = get_conditional_response(request, etag=etag, response=response) or response
    found["ETag"] = etag
    # Whoever brings a cookie may be sent a new one with this answer: that copy is for nobody else.
    found["Cache-Control"] = f"{'private' if request.COOKIES else 'public'}, max-age={KEPT_FOR}"
    found["Access-Control-Allow-Origin"] = "*"  # pages of other sites may read what is public anyhow
    return found


def refused(version: str, status: HTTPStatus, field: str, code: str, words: str) -> HttpResponse:
    """Answer with an imsx_StatusInfo, in the spelling of the version."""
    value = SPELLED.get(version, {}).get(code, code)
    told = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": words,
        "imsx_codeMinor": {
            "imsx_codeMinorField": [{"imsx_codeMinorFieldName": field, "imsx_codeMinorFieldValue": value}]
        },
    }
    body = json.dumps(told, ensure_ascii=False)
    return HttpResponse(
        body, status=status, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"}
    )
