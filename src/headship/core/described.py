"""The description of the API in OpenAPI 3.1: what django-ninja tells of shapes, and what we tell of everything else."""

import json
from typing import Any

from ninja import NinjaAPI

from headship.core import problems
from headship.core.endpoints import Endpoint

PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "What went wrong (RFC 9457). `type` never changes for a kind; `detail` is for people.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "words"],
                "properties": {"where": {"type": "string"}, "words": {"type": "string"}},
            },
        },
    },
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag that came when it was read",
    "example": '"1.65bbe9a0e6083e6f649eec8b"',
}
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": "A new UUID for each new thing; the same one when the same request is sent again",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "An ETag; 304 without a body where nothing has changed since",
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "Which version this is"}}
LINK = {"Link": {"schema": {"type": "string"}, "description": "Where the parts before and after are (RFC 8288)"}}
LOCATION = {"Location": {"schema": {"type": "string"}, "description": "Where the new thing is"}}


def around(declared: Endpoint) -> dict[str, Any]:
    """Return what a description says of an endpoint besides its shapes: audience, permit, headers, problems."""
    read = declared.method == "GET"
    asked = [*[IF_MATCH] * declared.versioned, *[IDEMPOTENCY_KEY] * declared.once, *[IF_NONE_MATCH] * read]
    headers = {**(ETAG if declared.gives else {}), **(LOCATION if declared.made else {})}
    if getattr(declared.gives, "__name__", "").startswith("Page["):
        headers |= LINK
    answers: dict[int, Any] = {declared.status: {"headers": headers}} if headers else {}
    answers |= {304: {"description": "Nothing has changed since"}} if read else {}
    answers |= {status: _problem(status) for status in _statuses(declared)}
    told: dict[str, Any] = {"responses": answers, "x-audience": declared.audience.name}
    return told | ({"parameters": asked} if asked else {}) | ({"x-permit": declared.permit} if declared.permit else {})


def whole(api: NinjaAPI) -> dict[str, Any]:
    """Return the whole description as plain JSON values."""
    found: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix=problems.ADDRESS.strip("/") + "/"))
    )
    found["components"]["schemas"]["Problem"] = PROBLEM
    found["servers"] = [{"url": "/"}]
    for operations in found["paths"].values():
        for operation in operations.values():
            operation["responses"] = dict(sorted(operation["responses"].items()))
    return found


def _statuses(declared: Endpoint) -> list[int]:
    """Return the statuses of the problems that an endpoint may answer with."""
    statuses = [400, 422, *([401, 403, 429] if declared.permit else [])]
    statuses += [404] if "{" in declared.path else []
    statuses += [409] if declared.method != "GET" and not declared.versioned else []
    statuses += [412, 428] if declared.versioned else []
    statuses += [413, 415] if declared.takes_body else []
    return sorted(statuses)


def _problem(status: int) -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": problems.BY_STATUS[status].title, "content": content}
