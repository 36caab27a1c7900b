"""What every answer under `/api/v2` carries: a request id, and the error envelope also where Django itself answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from segments.api.keys import tell_rate
from segments.api.videos.errors import envelope

ROOT = "/api/v2/"


def edge(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT):
            return get_response(request)
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        response = get_response(request)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            body = envelope(request, "VALIDATION_ERROR", f"{request.method} is not possible here. Use {allowed}.")
            response = JsonResponse(body, status=405, headers={"Allow": allowed})
        elif response.status_code == 500:
            body = envelope(request, "INTERNAL_ERROR", "Something broke on our side. Try again.")
            response = JsonResponse(body, status=500)
        tell_rate(response, getattr(request, "rate", None))
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    return answer
