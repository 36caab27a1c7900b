"""Which contract answers where: the task API, the video API, the modules API; the page last."""

from django.urls import include, path

from segments.api.lynxvizion.api import api as modules_api
from segments.api.lynxvizion.api import unknown as modules_unknown
from segments.api.twelvelabs.api import api as task_api
from segments.api.twelvelabs.api import unknown
from segments.api.videos.api import api as videos_api
from segments.api.videos.api import unknown as videos_unknown

urlpatterns = [
    path("v1.3/", task_api.urls),
    path("v1.3/<path:rest>", unknown),
    path("api/v2/", videos_api.urls),
    path("api/v2/<path:rest>", videos_unknown),
    path("api/", modules_api.urls),  # after /api/v2/
    path("api/<path:rest>", modules_unknown),
    path("analyze/tasks", unknown),  # a base address without /v1.3
    path("assets", unknown),
    path("", include("segments.urls")),
]
handler404 = "segments.middleware.not_found"
handler500 = "segments.middleware.server_error"
