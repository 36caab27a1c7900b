"""The templates under "Mine", for the page's list and its dialog."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from segments.domain import access, saved_definitions
from segments.models import SavedDefinitions


@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    return _rows(list(access.saved_of(request.user)))


@require_POST
def saved_create(request: HttpRequest) -> HttpResponse:
    """Fields: name, text, and replace=1 to overwrite one of the same name."""
    row = saved_definitions.save(
        request.user,
        name=request.POST.get("name", ""),
        text=request.POST.get("text", ""),
        replace=request.POST.get("replace") == "1",
    )
    return _rows([row], status=201)


@require_POST
def saved_import(request: HttpRequest) -> HttpResponse:
    """Fields: text of the file, and name for a bare list of definitions."""
    rows = saved_definitions.from_json(request.user, request.POST.get("text", ""), name=request.POST.get("name", ""))
    return _rows(rows, status=201)


@require_safe
def saved_export(request: HttpRequest) -> HttpResponse:
    """All of them, or with `?uid=` one."""
    uid = request.GET.get("uid", "")
    rows = [access.saved_for(request.user, uid)] if uid else list(access.saved_of(request.user))
    response = HttpResponse(saved_definitions.to_json(rows), content_type="application/json")
    name = f"{rows[0].name}.json".replace("/", "-") if uid else "templates.json"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


@require_POST
def saved_rename(request: HttpRequest, uid: str) -> HttpResponse:
    row = access.saved_for(request.user, uid)
    return _rows([saved_definitions.rename(row, name=request.POST.get("name", ""))])


@require_POST
def saved_delete(request: HttpRequest, uid: str) -> HttpResponse:
    row = access.saved_for(request.user, uid)
    saved_definitions.remove(row)
    return _rows([row])


@require_POST
def saved_undelete(request: HttpRequest, uid: str) -> HttpResponse:
    return _rows([saved_definitions.restore(access.saved_for(request.user, uid, deleted=True))])


def _rows(rows: list[SavedDefinitions], status: int = 200) -> HttpResponse:
    found = [{"uid": str(row.uid), "name": row.name, "text": row.text} for row in rows]
    return JsonResponse({"saved": found}, status=status)
