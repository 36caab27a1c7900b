"""The client for programs that wait for each answer. `aio.py` has the same methods for asyncio; flows do the work."""

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
from .drivers import Clock, Driver, SystemClock
from .flows import analysis, files, segments, tasks, uploads
from .flows.uploads import Callback, UploadOptions


class _Resource:
    def __init__(self, config: Config, driver: Driver) -> None:
        self._config = config
        self._run = driver.run


class VideoAnalysis(_Resource):
    """Analysis jobs: queue, look, wait, retry, cancel."""

    def get_status(self, analysis_job_id: str) -> VideoAnalysisJobStatus:
        return self._run(analysis.get_status(self._config, analysis_job_id))

    def get_status_by_media(self, media_id: str) -> VideoAnalysisJobStatus:
        """The job that was queued last for this video."""
        return self._run(analysis.get_status_by_media(self._config, media_id))

    def queue(
        self, media_id: str, *, analysis_type: str = "full_vlm", priority: str = "normal"
    ) -> VideoAnalysisQueueResult:
        """Start an analysis, or join the one that is waiting or running.

        Types: full_vlm, frame_sample, scene_detection, transcript. Priorities: low, normal, high.
        """
        return self._run(analysis.queue(self._config, media_id, analysis_type, priority))

    def retry(self, analysis_job_id: str, media_id: str, *, reason: str | None = None) -> VideoAnalysisRetryResult:
        """Run a failed or cancelled job again, up to three times."""
        return self._run(analysis.retry(self._config, analysis_job_id, media_id, reason))

    def cancel(self, analysis_job_id: str, *, reason: str | None = None) -> VideoAnalysisJobStatus:
        """Stop a job: at once when it waits, soon when it runs."""
        return self._run(analysis.cancel(self._config, analysis_job_id, reason))

    def wait_for_completion(
        self,
        analysis_job_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[VideoAnalysisJobStatus], object] | None = None,
    ) -> VideoAnalysisJobStatus:
        """The completed job. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return self._run(analysis.wait_for_completion(self._config, analysis_job_id, timeout, on_progress))


class VideoScenes(_Resource):
    """What an analysis found."""

    def list(self, video_id: str) -> VideoSceneList:
        return self._run(analysis.list_scenes(self._config, video_id))

    def get_thumbnail(self, scene_id: str) -> bytes:
        """The picture in the middle of a scene, as JPEG."""
        return self._run(analysis.get_thumbnail(self._config, scene_id))


class Files(_Resource):
    """The library of videos."""

    def upload(
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
        return self._run(flow)

    def get(self, file_id: str) -> FileRecord:
        return self._run(files.get(self._config, file_id))

    def list(
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
        return self._run(files.list_files(self._config, query))

    def update(self, file_id: str, *, title: str | None = None, tags: Sequence[str] | None = None) -> FileRecord:
        return self._run(files.update(self._config, file_id, title, tags))

    def delete(self, file_id: str) -> dict[str, Any]:
        return self._run(files.delete(self._config, file_id))

    def get_processing_status(self, file_id: str) -> FileProcessingStatus:
        return self._run(files.get_processing_status(self._config, file_id))

    def wait_for_session(
        self,
        file_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[FileProcessingStatus], object] | None = None,
    ) -> FileProcessingStatus:
        """Until nothing more will happen by itself, however it ended."""
        return self._run(files.wait_for_session(self._config, file_id, timeout, on_progress))


class VideoUploads(_Resource):
    """Uploads in chunks: whole films, and each call by itself."""

    def initiate(
        self,
        filename: str,
        size_bytes: int,
        *,
        content_type: str | None = None,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> VideoUploadSession:
        return self._run(
            uploads.initiate(
                self._config, filename, size_bytes, content_type=content_type, title=title, tags=tags, metadata=metadata
            )
        )

    def confirm_chunk(
        self, media_id: str, upload_id: str, chunk_number: int, *, etag: str, size_bytes: int
    ) -> ChunkConfirmResult:
        return self._run(
            uploads.confirm_chunk(self._config, media_id, upload_id, chunk_number, etag=etag, size_bytes=size_bytes)
        )

    def retry_chunk(self, media_id: str, upload_id: str, chunk_number: int) -> ChunkRetryResult:
        return self._run(uploads.retry_chunk(self._config, media_id, upload_id, chunk_number))

    def get_progress(self, media_id: str) -> VideoUploadProgress:
        return self._run(uploads.get_progress(self._config, media_id))

    def complete(
        self, media_id: str, upload_id: str, *, auto_analyze: bool = True, analysis_type: str = "full_vlm"
    ) -> VideoUploadResult:
        return self._run(uploads.complete(self._config, media_id, upload_id, auto_analyze, analysis_type))

    def abort(self, media_id: str, upload_id: str, *, reason: str | None = None) -> VideoAbortResult:
        return self._run(uploads.abort(self._config, media_id, upload_id, reason))

    def batch_initiate(
        self, videos: Sequence[Mapping[str, Any]], *, auto_process: bool = True, processing_priority: str = "normal"
    ) -> BatchVideoUploadSession:
        return self._run(uploads.batch_initiate(self._config, videos, auto_process, processing_priority))

    def upload_one(
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
        return self._run(uploads.upload_one(self._config, Path(file), options))

    def upload(self, files: str | Path | Sequence[str | Path], **options: Any) -> list[VideoUploadResult]:
        """Send a film, several, or those of a folder; options as for `upload_one`."""
        return self._run(uploads.upload_many(self._config, files, UploadOptions(**options)))


class AnalyzeTasks(_Resource):
    """Segmentation by your own definitions."""

    def create(self, media_id: str, segment_definitions: Sequence[Mapping[str, Any]], **settings: Any) -> AnalyzeTask:
        """Start a task. Settings are further keys of the request: start_time, end_time, custom_id, …"""
        return self._run(tasks.create(self._config, media_id, segment_definitions, settings))

    def retrieve(self, task_id: str) -> AnalyzeTask:
        return self._run(tasks.retrieve(self._config, task_id))

    def list(self, *, page: int = 1, page_limit: int = 10, status: str | None = None) -> AnalyzeTaskList:
        query = {"page": page, "page_limit": page_limit, "status": status}
        return self._run(tasks.list_tasks(self._config, query))

    def cancel(self, task_id: str) -> AnalyzeTask:
        return self._run(tasks.cancel(self._config, task_id))

    def delete(self, task_id: str) -> None:
        self._run(tasks.delete(self._config, task_id))

    def wait_for_completion(
        self,
        task_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[AnalyzeTask], object] | None = None,
    ) -> AnalyzeTask:
        """The ready task. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return self._run(tasks.wait_for_completion(self._config, task_id, timeout, on_progress))


class Analyze:
    """Groups `tasks`, as the task API does."""

    def __init__(self, config: Config, driver: Driver) -> None:
        self.tasks = AnalyzeTasks(config, driver)


class Segments(_Resource):
    """Segments of modules: shots, scenes, transcription, …"""

    def list(self, video_id: str, *, module: str | None = None) -> list[ModuleSegment]:
        return self._run(segments.list_segments(self._config, video_id, module))

    def clear(self, video_id: str) -> dict[str, Any]:
        """Remove all module segments of a video; its film and its tasks stay."""
        return self._run(segments.clear(self._config, video_id))

    def results(self, video_id: str) -> dict[str, Any]:
        return self._run(segments.results(self._config, video_id))

    def download(self, video_id: str, *, module: str | None = None, format: str = "json") -> bytes:
        """One module as JSON or CSV; without a module the combined report."""
        return self._run(segments.download(self._config, video_id, module, format))


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
