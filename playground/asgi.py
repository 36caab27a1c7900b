"""HTTP and WebSocket entry, served by uvicorn."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "playground.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - all of these need a set-up Django
from channels.sessions import SessionMiddlewareStack  # noqa: E402

from playground.handler import OneThreadHandler  # noqa: E402
from playground.storage import with_static_files  # noqa: E402
from segments.body_limit import BodyLimit  # noqa: E402
from segments.middleware import SocketEntrance  # noqa: E402
from segments.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": with_static_files(BodyLimit(OneThreadHandler())),
        "websocket": SessionMiddlewareStack(SocketEntrance(URLRouter(websocket_urlpatterns))),
    }
)
