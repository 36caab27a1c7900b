"""HTTP and WebSocket entry, served by uvicorn."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")
http = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - needs a set-up Django
from channels.sessions import SessionMiddlewareStack  # noqa: E402

from segments.body_limit import BodyLimit  # noqa: E402
from segments.middleware import SocketEntrance  # noqa: E402
from segments.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {"http": BodyLimit(http), "websocket": SessionMiddlewareStack(SocketEntrance(URLRouter(websocket_urlpatterns)))}
)
