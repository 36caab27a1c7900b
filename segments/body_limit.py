"""Bodies that are too long are never stored: Django spools a whole body to the disk before any of our code runs."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
#: What a form may have besides its file.
FORM_ROOM = 1 << 20
#: Bodies that are no form: parts of uploads, and JSON that may hold a small film in Base64.
PLAIN_BYTES = 64 << 20


class BodyLimit:
    """ASGI wrapper. The rest of a long body is read and thrown away, so that the client hears the answer."""

    def __init__(self, app: Callable[[Message, Receive, Send], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit, received, is_over = _limit(scope), 0, False

        async def counted() -> Message:
            nonlocal received, is_over
            message = await receive()
            received += len(message.get("body", b""))
            if received <= limit:
                return message
            is_over = True
            while message["type"] == "http.request" and message.get("more_body") and received <= _most():
                message = await receive()
                received += len(message.get("body", b""))
            return {"type": "http.disconnect"}  # Django lets go of the request without an answer

        await self.app(scope, counted, send)
        if is_over:
            await _refuse(send, limit, scope["path"])


def _limit(scope: Message) -> int:
    headers = dict(scope["headers"])
    if headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data"):
        file = settings.MAX_DIRECT_BYTES if scope["path"].startswith("/v1.3/") else settings.LIMITS.max_bytes
        return int(file) + FORM_ROOM
    if scope["path"].startswith("/sources/"):  # a whole file at its signed address
        return int(settings.LIMITS.max_bytes)
    return max(PLAIN_BYTES, settings.CHUNK_BYTES, settings.LIMITS.max_bytes // 500)


def _most() -> int:
    return int(settings.LIMITS.max_bytes) + FORM_ROOM


async def _refuse(send: Send, limit: int, path: str) -> None:
    text = f"The body has more than {limit >> 20} MB. Send large files in chunks."
    said = {"code": "payload_too_large", "message": text}
    is_modules = path.startswith("/api/") and not path.startswith("/api/v2/")
    answer = {"detail": text, "code": "file_too_large"} if is_modules else {**said, "error": said}
    body = json.dumps(answer).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": body})
