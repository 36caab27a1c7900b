"""The socket of one job: check access, join, replay the rows after the last number seen, forward."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.db import OperationalError
from redis.exceptions import RedisError

from segments.core.errors import NotFound
from segments.domain import access, events, queries

UNKNOWN = 4404
REDIS_AWAY = (OSError, RedisError)
#: A lost nudge delays by this much and loses nothing.
LOOK_SECONDS = 2.0


class JobConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()  # before any refusal: a browser sees close codes of accepted sockets only
        self.group = ""
        try:
            self.job = await sync_to_async(access.job_for)(self.scope["user"], self.scope["url_route"]["kwargs"]["uid"])
        except NotFound:
            await self.close(UNKNOWN)
            return
        self.seen = _number(parse_qs(self.scope["query_string"].decode()).get("after", ["0"])[0])
        self.sending = asyncio.Lock()
        self.group = events.group_name(self.job.uid)
        with contextlib.suppress(*REDIS_AWAY):  # the watch below still sees every row
            await self.channel_layer.group_add(self.group, self.channel_name)
        await self.replay(always=True)
        self.watch = asyncio.create_task(self.keep_looking())

    async def disconnect(self, code: int) -> None:
        if self.group:
            self.watch.cancel()
            with contextlib.suppress(*REDIS_AWAY):
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def look(self, _nudge: dict[str, Any]) -> None:
        await self.replay()

    async def keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with contextlib.suppress(OperationalError):  # the database is busy: there is a next time
                await self.replay()

    async def replay(self, *, always: bool = False) -> None:
        """Send what is new. One at a time, or two nudges at once would send the same lines twice."""
        async with self.sending:
            news = await sync_to_async(queries.events_after)(self.job, self.seen)
            if news["events"] or always:
                self.seen = news["last_seq"]
                await self.send_json(news)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
