"""A result as files to download, and the menu that offers them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from segments.domain import access, queries


@require_safe
def job_exports(request: HttpRequest, uid: str) -> HttpResponse:
    job = access.job_for(request.user, uid)
    return render(request, "segments/_exports.html", {"uid": uid, "rows": queries.export_rows(job)})


@require_safe
def job_export(request: HttpRequest, uid: str) -> HttpResponse:
    """`?format=`, and `?definition=` for the segments of one of them."""
    job = access.job_for(request.user, uid)
    file = queries.export_file(job, request.GET.get("format", "json"), request.GET.get("definition", ""))
    response = HttpResponse(file.text, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name) or ""
    return response
