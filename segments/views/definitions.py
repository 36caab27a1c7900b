"""What the Builder asks: is this right, and what may be written."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from segments.core.definition import LIMITS, json_schema
from segments.core.errors import InvalidRequest
from segments.core.request import parse_json
from segments.domain import access, definitions


@require_POST
def definition_check(request: HttpRequest) -> HttpResponse:
    asked = parse_json(request.body)
    if not isinstance(asked, dict):
        asked = {}
    video = access.video_for(request.user, str(asked["video"])) if asked.get("video") else None
    try:
        warnings = definitions.check(str(asked.get("definitions", "")), video=video)
    except InvalidRequest as error:
        problems = [{"path": p.path, "message": p.message, "code": p.code} for p in error.problems]
        return JsonResponse({"problems": problems, "warnings": []})
    return JsonResponse({"problems": [], "warnings": warnings})


@require_safe
def definition_schema(_request: HttpRequest) -> HttpResponse:
    response = JsonResponse({"schema": json_schema(), "limits": LIMITS})
    response["Cache-Control"] = "private, max-age=3600"
    return response
