"""A browser's side of a WebSocket, spoken to the ASGI application directly."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from asgiref.testing import ApplicationCommunicator

from playground.asgi import application

HOST = "localhost:8000"
ORIGIN = f"http://{HOST}"
PATIENCE_SECONDS = 5


class Browser:
    """One connection. A header given as None is not sent."""

    def __init__(self, address: str, headers: Mapping[str, str | None], peer: str) -> None:
        path, query = urlsplit(address).path, urlsplit(address).query
        sent = {"origin": ORIGIN, "host": HOST, **headers}
        scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": path,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in sent.items() if value is not None],
            "client": [peer, 50000],
            "subprotocols": [],
        }
        self.wire = ApplicationCommunicator(application, scope)

    async def connect(self) -> None:
        await self.wire.send_input({"type": "websocket.connect"})
        answer = await self.wire.receive_output(PATIENCE_SECONDS)
        assert answer["type"] == "websocket.accept"

    async def message(self) -> Any:
        answer = await self.wire.receive_output(PATIENCE_SECONDS)
        assert answer["type"] == "websocket.send", answer
        return json.loads(answer["text"])

    async def news(self) -> list[int]:
        """The numbers of the lines in the next message."""
        message = await self.message()
        numbers = [event["seq"] for event in message["events"]]
        assert not numbers or message["last_seq"] == numbers[-1]
        return numbers

    async def closing_code(self) -> int:
        """Accepted, then closed at once: a browser sees codes of accepted sockets only."""
        await self.connect()
        answer = await self.wire.receive_output(PATIENCE_SECONDS)
        assert answer["type"] == "websocket.close", answer
        return int(answer["code"])

    async def hears_nothing(self) -> bool:
        return await self.wire.receive_nothing(0.1)


@asynccontextmanager
async def browser(
    uid: object, query: str = "", *, peer: str = "127.0.0.1", headers: Mapping[str, str | None] | None = None
) -> AsyncIterator[Browser]:
    """A browser at the socket of a run; it goes away at the end."""
    one = Browser(f"/ws/jobs/{uid}/{query}", headers or {}, peer)
    try:
        yield one
    finally:
        await one.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await one.wire.wait(PATIENCE_SECONDS)
