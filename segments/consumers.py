"""The socket of a run or of a video: check access, join, tell what is new, again and again."""

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
from segments.domain import access, api_keys
from segments.domain.queries.feeds import Feed, RunFeed, VideoFeed

UNAUTHORISED, UNKNOWN = 4401, 4404
REDIS_AWAY = (OSError, RedisError)
#: A lost nudge delays by this much and loses nothing.
LOOK_SECONDS = 2.0


class JobConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()  # before any refusal: a browser sees close codes of accepted sockets only
        self.group = ""
        query = parse_qs(self.scope["query_string"].decode(errors="replace"))
        user = await sync_to_async(_person)(self.scope["user"], query)
        if user is None:
            await self.close(UNAUTHORISED)
            return
        try:
            self.feed = await sync_to_async(_feed)(user, self.scope["url_route"]["kwargs"]["uid"], query)
        except NotFound:
            await self.close(UNKNOWN)
            return
        self.sending = asyncio.Lock()
        self.group = self.feed.group
        with contextlib.suppress(*REDIS_AWAY):  # the watch below still sees every row
            await self.channel_layer.group_add(self.group, self.channel_name)
        await self.tell(first=True)
        self.watch = asyncio.create_task(self.keep_looking())

    async def disconnect(self, code: int) -> None:
        if self.group:
            self.watch.cancel()
            with contextlib.suppress(*REDIS_AWAY):
                await self.channel_layer.group_discard(self.group, self.channel_name)

    async def look(self, _nudge: dict[str, Any]) -> None:
        await self.tell()

    async def keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with contextlib.suppress(OperationalError):  # the database is busy: there is a next time
                await self.tell()

    async def tell(self, *, first: bool = False) -> None:
        """Send what is new. One at a time, or two nudges at once would send the same lines twice."""
        async with self.sending:
            for message in await sync_to_async(self.feed.news)(first=first):
                await self.send_json(message)


def _person(entered: Any, query: dict[str, list[str]]) -> Any:
    """Whose `?token=KEY` it is, else whoever the entrance let in; None for nobody."""
    if "token" in query:
        return api_keys.caller(query["token"][0])
    return entered if entered.is_authenticated else None


def _feed(user: Any, uid: str, query: dict[str, list[str]]) -> Feed:
    """Runs and videos have identifiers that never meet. Raises NotFound."""
    try:
        return RunFeed(access.job_for(user, uid), _number(query.get("after", ["0"])[0]))
    except NotFound:
        return VideoFeed(access.received_video_for(user, uid))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
