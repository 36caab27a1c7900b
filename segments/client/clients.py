"""The two clients: the same resources, performed at once or awaited."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from .config import Config
from .drivers import AsyncClock, AsyncDriver, AsyncSystemClock, Clock, Driver, SystemClock
from .resources import Analyze, Files, Segments, VideoAnalysis, VideoScenes, VideoUploads


class Client:
    """All of a Cuepoint server. Use it as a context manager, or call `close`."""

    def __init__(self, api_key: str, *, clock: Clock | None = None, **settings: Any) -> None:
        """Settings are those of `Config`: base_url, timeout, max_retries, retry_delay, polling_interval, …"""
        self.config = Config(api_key, **settings)
        self._driver = Driver(self.config, clock or SystemClock())
        self.video_analysis = VideoAnalysis(self.config, self._driver)
        self.video_scenes = VideoScenes(self.config, self._driver)
        self.files = Files(self.config, self._driver)
        self.video_uploads = VideoUploads(self.config, self._driver)
        self.analyze = Analyze(self.config, self._driver)
        self.segments = Segments(self.config, self._driver)

    @classmethod
    def from_env(cls, *, clock: Clock | None = None, **overrides: Any) -> Self:
        """From CUEPOINT_API_KEY, CUEPOINT_BASE_URL and so on; see `Config.from_env`."""
        return cls(clock=clock, **Config.from_env(**overrides).settings())

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


class AsyncClient:
    """All of a Cuepoint server, for asyncio. Callbacks may be plain functions or coroutines."""

    def __init__(self, api_key: str, *, clock: AsyncClock | None = None, **settings: Any) -> None:
        """Settings are those of `Config`: base_url, timeout, max_retries, retry_delay, polling_interval, …"""
        self.config = Config(api_key, **settings)
        self._driver = AsyncDriver(self.config, clock or AsyncSystemClock())
        self.video_analysis = VideoAnalysis(self.config, self._driver)
        self.video_scenes = VideoScenes(self.config, self._driver)
        self.files = Files(self.config, self._driver)
        self.video_uploads = VideoUploads(self.config, self._driver)
        self.analyze = Analyze(self.config, self._driver)
        self.segments = Segments(self.config, self._driver)

    @classmethod
    def from_env(cls, *, clock: AsyncClock | None = None, **overrides: Any) -> Self:
        """From CUEPOINT_API_KEY, CUEPOINT_BASE_URL and so on; see `Config.from_env`."""
        return cls(clock=clock, **Config.from_env(**overrides).settings())

    async def close(self) -> None:
        await self._driver.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.close()
