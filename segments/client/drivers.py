"""The two performers of flows, and the only module that talks to the network."""

from __future__ import annotations

import asyncio
import inspect
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack
from functools import partial
from typing import Any, Protocol, TypeVar

import httpx

from .config import Config
from .errors import ClientConnectionError, ClientTimeoutError
from .flow import Answer, Effect, Flow, Now, Read, Request, Sleep, Tell, Together

T = TypeVar("T")


class Clock(Protocol):
    """Time for waits and back-off. Tests bring their own."""

    def now(self) -> float: ...
    def sleep(self, seconds: float) -> None: ...


class AsyncClock(Protocol):
    def now(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class AsyncSystemClock:
    def now(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Driver:
    """Performs flows in the calling thread; `Together` uses threads."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self._config, self._clock = config, clock
        self._http = httpx.Client(base_url=config.base_url, timeout=config.timeout, proxy=config.proxy_url)
        self._telling = threading.Lock()

    def run(self, flow: Flow[T]) -> T:
        step: Callable[[], Effect] = partial(next, flow)
        while True:
            try:
                effect = step()
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            try:
                step = partial(flow.send, self._perform(effect))
            except BaseException as error:
                step = partial(flow.throw, error)

    def close(self) -> None:
        self._http.close()

    def _perform(self, effect: Effect) -> Any:
        match effect:
            case Request():
                return self._send(effect)
            case Now():
                return self._clock.now()
            case Sleep():
                return self._clock.sleep(effect.seconds)
            case Read():
                return _read(effect)
            case Tell():
                with self._telling:
                    return effect.action()
            case Together():
                return self._together(effect)

    def _send(self, request: Request) -> Answer:
        with ExitStack() as files:
            try:
                return _answer(self._http.request(**_arguments(request, self._config, files)))
            except httpx.HTTPError as error:
                raise _network_error(error) from error

    def _together(self, effect: Together) -> list[Any]:
        with ThreadPoolExecutor(max(1, effect.limit)) as pool:
            futures = [pool.submit(self.run, flow) for flow in effect.flows]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                for future in futures:
                    future.cancel()
        for future in futures:
            if not future.cancelled() and (error := future.exception()):
                raise error
        return [future.result() for future in futures]


class AsyncDriver:
    """Performs flows in the running event loop; `Together` uses tasks."""

    def __init__(self, config: Config, clock: AsyncClock) -> None:
        self._config, self._clock = config, clock
        self._http = httpx.AsyncClient(base_url=config.base_url, timeout=config.timeout, proxy=config.proxy_url)
        self._telling = asyncio.Lock()

    async def run(self, flow: Flow[T]) -> T:
        step: Callable[[], Effect] = partial(next, flow)
        while True:
            try:
                effect = step()
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            try:
                step = partial(flow.send, await self._perform(effect))
            except BaseException as error:
                step = partial(flow.throw, error)

    async def close(self) -> None:
        await self._http.aclose()

    async def _perform(self, effect: Effect) -> Any:
        match effect:
            case Request():
                return await self._send(effect)
            case Now():
                return self._clock.now()
            case Sleep():
                return await self._clock.sleep(effect.seconds)
            case Read():
                return await asyncio.to_thread(_read, effect)
            case Tell():
                async with self._telling:
                    told = effect.action()
                    return await told if inspect.isawaitable(told) else told
            case Together():
                return await self._together(effect)

    async def _send(self, request: Request) -> Answer:
        with ExitStack() as files:
            try:
                return _answer(await self._http.request(**_arguments(request, self._config, files)))
            except httpx.HTTPError as error:
                raise _network_error(error) from error

    async def _together(self, effect: Together) -> list[Any]:
        slots = asyncio.Semaphore(max(1, effect.limit))

        async def one(flow: Flow[Any]) -> Any:
            async with slots:
                return await self.run(flow)

        tasks = [asyncio.create_task(one(flow)) for flow in effect.flows]
        try:
            return await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _arguments(request: Request, config: Config, files: ExitStack) -> dict[str, Any]:
    """What httpx is asked; an open file lives as long as `files`."""
    headers = dict(request.headers)
    if request.with_key:
        # the task API looks for the key under its own name
        headers = {"Authorization": f"Bearer {config.api_key}", "X-Api-Key": config.api_key, **headers}
    arguments: dict[str, Any] = {"method": request.method, "url": request.path, "headers": headers}
    if request.params:
        arguments["params"] = httpx.QueryParams(list(request.params))
    if request.json is not None:
        arguments["json"] = request.json
    if request.content is not None:
        arguments["content"] = request.content
    if request.file is not None:
        source = files.enter_context(request.file.open("rb"))
        arguments["files"] = {"file": (request.file.name, source, "application/octet-stream")}
        arguments["data"] = dict(request.form)
    return arguments


def _answer(response: httpx.Response) -> Answer:
    return Answer(response.status_code, response.headers, response.content)


def _network_error(error: httpx.HTTPError) -> Exception:
    if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
        return ClientTimeoutError(f"The server did not answer in time ({type(error).__name__}).")
    return ClientConnectionError(f"The server could not be reached: {error or type(error).__name__}.")


def _read(effect: Read) -> bytes:
    with effect.path.open("rb") as file:
        file.seek(effect.offset)
        return file.read(effect.size)
