"""What every answer under `/v1.3` carries: version, request id, and JSON also when the method is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from segments.api.keys import tell_rate
from segments.api.twelvelabs.mapping import error_body

ROOT = "/v1.3/"


def edge(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        tell_rate(response, getattr(request, "rate", None))
        if not request.path.startswith(ROOT):
            return response
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            text = f"{request.method} is not possible here. Use {allowed}."
            response = JsonResponse(error_body("method_not_allowed", text), status=405, headers={"Allow": allowed})
        response.headers["X-Api-Version"] = "1.3"
        response.headers["X-Request-Id"] = uuid.uuid4().hex
        return response

    return answer
