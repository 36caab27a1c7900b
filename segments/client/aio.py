"""The client for asyncio: the methods of `sync.py`, awaited. A test holds both to the same signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .answers import (
    AnalyzeTask,
    AnalyzeTaskList,
    BatchVideoUploadSession,
    ChunkConfirmResult,
    ChunkRetryResult,
    FileList,
    FileProcessingStatus,
    FileRecord,
    FileUploadResult,
    ModuleSegment,
    VideoAbortResult,
    VideoAnalysisJobStatus,
    VideoAnalysisQueueResult,
    VideoAnalysisRetryResult,
    VideoSceneList,
    VideoUploadProgress,
    VideoUploadResult,
    VideoUploadSession,
)
from .config import Config
from .drivers import AsyncClock, AsyncDriver, AsyncSystemClock
from .flows import analysis, files, segments, tasks, uploads
from .flows.uploads import Callback, UploadOptions


class _Resource:
    def __init__(self, config: Config, driver: AsyncDriver) -> None:
        self._config = config
        self._run = driver.run


class AsyncVideoAnalysis(_Resource):
    """Analysis jobs: queue, look, wait, retry, cancel."""

    async def get_status(self, analysis_job_id: str) -> VideoAnalysisJobStatus:
        return await self._run(analysis.get_status(self._config, analysis_job_id))

    async def get_status_by_media(self, media_id: str) -> VideoAnalysisJobStatus:
        """The job that was queued last for this video."""
        return await self._run(analysis.get_status_by_media(self._config, media_id))

    async def queue(
        self, media_id: str, *, analysis_type: str = "full_vlm", priority: str = "normal"
    ) -> VideoAnalysisQueueResult:
        """Start an analysis, or join the one that is waiting or running.

        Types: full_vlm, frame_sample, scene_detection, transcript. Priorities: low, normal, high.
        """
        return await self._run(analysis.queue(self._config, media_id, analysis_type, priority))

    async def retry(
        self, analysis_job_id: str, media_id: str, *, reason: str | None = None
    ) -> VideoAnalysisRetryResult:
        """Run a failed or cancelled job again, up to three times."""
        return await self._run(analysis.retry(self._config, analysis_job_id, media_id, reason))

    async def cancel(self, analysis_job_id: str, *, reason: str | None = None) -> VideoAnalysisJobStatus:
        """Stop a job: at once when it waits, soon when it runs."""
        return await self._run(analysis.cancel(self._config, analysis_job_id, reason))

    async def wait_for_completion(
        self,
        analysis_job_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[VideoAnalysisJobStatus], object] | None = None,
    ) -> VideoAnalysisJobStatus:
        """The completed job. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return await self._run(analysis.wait_for_completion(self._config, analysis_job_id, timeout, on_progress))


class AsyncVideoScenes(_Resource):
    """What an analysis found."""

    async def list(self, video_id: str) -> VideoSceneList:
        return await self._run(analysis.list_scenes(self._config, video_id))

    async def get_thumbnail(self, scene_id: str) -> bytes:
        """The picture in the middle of a scene, as JPEG."""
        return await self._run(analysis.get_thumbnail(self._config, scene_id))


class AsyncFiles(_Resource):
    """The library of videos."""

    async def upload(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        auto_describe: bool = True,
        skip_duplicates: bool = False,
    ) -> FileUploadResult:
        """One request for small files, chunks for large ones. `auto_describe` also queues the analysis."""
        flow = files.upload(
            self._config,
            Path(path),
            title=title,
            tags=tags,
            auto_describe=auto_describe,
            skip_duplicates=skip_duplicates,
        )
        return await self._run(flow)

    async def get(self, file_id: str) -> FileRecord:
        return await self._run(files.get(self._config, file_id))

    async def list(
        self,
        *,
        search: str | None = None,
        tags: Sequence[str] | None = None,
        media_types: Sequence[str] | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        sort_by: str | None = None,
        sort_order: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> FileList:
        query: dict[str, Any] = {"search": search, "tags": tags, "media_types": media_types}
        query |= {"date_from": date_from, "date_to": date_to, "sort_by": sort_by, "sort_order": sort_order}
        query |= {"limit": limit, "offset": offset}
        return await self._run(files.list_files(self._config, query))

    async def update(self, file_id: str, *, title: str | None = None, tags: Sequence[str] | None = None) -> FileRecord:
        return await self._run(files.update(self._config, file_id, title, tags))

    async def delete(self, file_id: str) -> dict[str, Any]:
        return await self._run(files.delete(self._config, file_id))

    async def get_processing_status(self, file_id: str) -> FileProcessingStatus:
        return await self._run(files.get_processing_status(self._config, file_id))

    async def wait_for_session(
        self,
        file_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[FileProcessingStatus], object] | None = None,
    ) -> FileProcessingStatus:
        """Until nothing more will happen by itself, however it ended."""
        return await self._run(files.wait_for_session(self._config, file_id, timeout, on_progress))


class AsyncVideoUploads(_Resource):
    """Uploads in chunks: whole films, and each call by itself."""

    async def initiate(
        self,
        filename: str,
        size_bytes: int,
        *,
        content_type: str | None = None,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> VideoUploadSession:
        return await self._run(
            uploads.initiate(
                self._config, filename, size_bytes, content_type=content_type, title=title, tags=tags, metadata=metadata
            )
        )

    async def confirm_chunk(
        self, media_id: str, upload_id: str, chunk_number: int, *, etag: str, size_bytes: int
    ) -> ChunkConfirmResult:
        return await self._run(
            uploads.confirm_chunk(self._config, media_id, upload_id, chunk_number, etag=etag, size_bytes=size_bytes)
        )

    async def retry_chunk(self, media_id: str, upload_id: str, chunk_number: int) -> ChunkRetryResult:
        return await self._run(uploads.retry_chunk(self._config, media_id, upload_id, chunk_number))

    async def get_progress(self, media_id: str) -> VideoUploadProgress:
        return await self._run(uploads.get_progress(self._config, media_id))

    async def complete(
        self, media_id: str, upload_id: str, *, auto_analyze: bool = True, analysis_type: str = "full_vlm"
    ) -> VideoUploadResult:
        return await self._run(uploads.complete(self._config, media_id, upload_id, auto_analyze, analysis_type))

    async def abort(self, media_id: str, upload_id: str, *, reason: str | None = None) -> VideoAbortResult:
        return await self._run(uploads.abort(self._config, media_id, upload_id, reason))

    async def batch_initiate(
        self, videos: Sequence[Mapping[str, Any]], *, auto_process: bool = True, processing_priority: str = "normal"
    ) -> BatchVideoUploadSession:
        return await self._run(uploads.batch_initiate(self._config, videos, auto_process, processing_priority))

    async def upload_one(
        self,
        file: str | Path,
        *,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
        auto_analyze: bool = True,
        wait_for_analysis: bool = False,
        analysis_timeout: float | None = None,
        analysis_type: str = "full_vlm",
        max_chunk_concurrency: int | None = None,
        max_chunk_retries: int = 3,
        on_chunk_progress: Callback = None,
        on_upload_complete: Callback = None,
        on_analysis_progress: Callback = None,
    ) -> VideoUploadResult:
        """Send one film in chunks. Raises VideoUploadError after it aborted the session on the server."""
        options = UploadOptions(
            title,
            tags,
            metadata,
            auto_analyze,
            wait_for_analysis,
            analysis_timeout,
            analysis_type,
            max_chunk_concurrency,
            max_chunk_retries,
            on_chunk_progress,
            on_upload_complete,
            on_analysis_progress,
        )
        return await self._run(uploads.upload_one(self._config, Path(file), options))

    async def upload(self, files: str | Path | Sequence[str | Path], **options: Any) -> list[VideoUploadResult]:
        """Send a film, several, or those of a folder; options as for `upload_one`."""
        return await self._run(uploads.upload_many(self._config, files, UploadOptions(**options)))


class AsyncAnalyzeTasks(_Resource):
    """Segmentation by your own definitions."""

    async def create(
        self, media_id: str, segment_definitions: Sequence[Mapping[str, Any]], **settings: Any
    ) -> AnalyzeTask:
        """Start a task. Settings are further keys of the request: start_time, end_time, custom_id, …"""
        return await self._run(tasks.create(self._config, media_id, segment_definitions, settings))

    async def retrieve(self, task_id: str) -> AnalyzeTask:
        return await self._run(tasks.retrieve(self._config, task_id))

    async def list(self, *, page: int = 1, page_limit: int = 10, status: str | None = None) -> AnalyzeTaskList:
        query = {"page": page, "page_limit": page_limit, "status": status}
        return await self._run(tasks.list_tasks(self._config, query))

    async def cancel(self, task_id: str) -> AnalyzeTask:
        return await self._run(tasks.cancel(self._config, task_id))

    async def delete(self, task_id: str) -> None:
        await self._run(tasks.delete(self._config, task_id))

    async def wait_for_completion(
        self,
        task_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[AnalyzeTask], object] | None = None,
    ) -> AnalyzeTask:
        """The ready task. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return await self._run(tasks.wait_for_completion(self._config, task_id, timeout, on_progress))


class AsyncAnalyze:
    """Groups `tasks`, as the task API does."""

    def __init__(self, config: Config, driver: AsyncDriver) -> None:
        self.tasks = AsyncAnalyzeTasks(config, driver)


class AsyncSegments(_Resource):
    """Segments of modules: shots, scenes, transcription, …"""

    async def list(self, video_id: str, *, module: str | None = None) -> list[ModuleSegment]:
        return await self._run(segments.list_segments(self._config, video_id, module))

    async def clear(self, video_id: str) -> dict[str, Any]:
        """Remove all module segments of a video; its film and its tasks stay."""
        return await self._run(segments.clear(self._config, video_id))

    async def results(self, video_id: str) -> dict[str, Any]:
        return await self._run(segments.results(self._config, video_id))

    async def download(self, video_id: str, *, module: str | None = None, format: str = "json") -> bytes:
        """One module as JSON or CSV; without a module the combined report."""
        return await self._run(segments.download(self._config, video_id, module, format))


class AsyncClient:
    """All of a Cuepoint server, for asyncio. Callbacks may be plain functions or coroutines."""

    def __init__(self, api_key: str, *, clock: AsyncClock | None = None, **settings: Any) -> None:
        """Settings are those of `Config`: base_url, timeout, max_retries, retry_delay, polling_interval, …"""
        self.config = Config(api_key, **settings)
        self._driver = AsyncDriver(self.config, clock or AsyncSystemClock())
        self.video_analysis = AsyncVideoAnalysis(self.config, self._driver)
        self.video_scenes = AsyncVideoScenes(self.config, self._driver)
        self.files = AsyncFiles(self.config, self._driver)
        self.video_uploads = AsyncVideoUploads(self.config, self._driver)
        self.analyze = AsyncAnalyze(self.config, self._driver)
        self.segments = AsyncSegments(self.config, self._driver)

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
