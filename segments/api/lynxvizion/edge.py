"""What every answer under `/api` carries, and this contract's words also where Django answers by itself."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from segments.api.keys import tell_rate
from segments.api.lynxvizion.errors import body

ROOT, OTHER = "/api/", "/api/v2/"


def edge(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ROOT) or request.path.startswith(OTHER):
            return get_response(request)
        if request.path.endswith("/") and request.path != ROOT:  # the same route, without a redirect
            request.path_info = request.path_info.rstrip("/")
        response = get_response(request)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            told = body("method_not_allowed", f"{request.method} is not possible here. Use {allowed}.")
            response = JsonResponse(told, status=405, headers={"Allow": allowed})
        tell_rate(response, getattr(request, "rate", None))
        response.headers["Cache-Control"] = "private, no-store"  # also of films and pictures
        return response

    return answer
