"""Which contract answers where. Further contracts (`/v1.3`, `/api/v2`, `/api`) are routed here, the page last."""

from django.urls import include, path

from segments.api.twelvelabs.api import api as task_api
from segments.api.twelvelabs.api import unknown
from segments.api.videos.api import api as videos_api
from segments.api.videos.api import unknown as videos_unknown

urlpatterns = [
    path("v1.3/", task_api.urls),
    path("v1.3/<path:rest>", unknown),
    path("api/v2/", videos_api.urls),
    path("api/v2/<path:rest>", videos_unknown),
    path("analyze/tasks", unknown),  # a base address without /v1.3
    path("assets", unknown),
    path("", include("segments.urls")),
]
handler404 = "segments.middleware.not_found"
handler500 = "segments.middleware.server_error"
