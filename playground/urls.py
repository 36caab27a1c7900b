"""Which contract answers where. Further contracts (`/v1.3`, `/api/v2`, `/api`) are routed here, the page last."""

from django.urls import include, path

urlpatterns = [path("", include("segments.urls"))]
handler404 = "segments.middleware.not_found"
handler500 = "segments.middleware.server_error"
