"""The Examples tab: a sample film with definitions that fit it, run at once."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from segments.domain import examples


@require_POST
def example_run(request: HttpRequest, name: str) -> HttpResponse:
    job = examples.run(request.user, name)
    # the page opens it without being loaded anew: uploads and typed text stay
    return trigger_client_event(HttpResponse(status=204), "task:open", {"task": str(job.uid)})
