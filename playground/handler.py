"""Requests cross from the event loop to a thread once for all middleware and the view, not at each of them."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase


class OneThreadHandler(ASGIHandler):
    """Middleware and view of a request run one after the other on its own thread.

    Django's own handler crosses before and after most middleware. Each crossing wakes a thread, and while films are
    worked on, a woken thread may wait milliseconds for a processor. Streamed answers are sent from the event loop.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)
