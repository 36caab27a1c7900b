"""The Examples tab: a sample film with definitions that fit it, run at once."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from segments.domain import examples


@require_POST
def example_run(request: HttpRequest, name: str) -> HttpResponse:
    job = examples.run(request.user, name)
    return HttpResponseClientRedirect(f"{reverse('segment_page')}?task={job.uid}&view=visual")
