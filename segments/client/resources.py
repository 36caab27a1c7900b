"""The calls of a client by resource: what each is asked and what it gives. Flows do the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic

from .answers import (
    AnalyzeTask,
    AnalyzeTaskList,
    BatchVideoUploadSession,
    ChunkConfirmResult,
    ChunkRetryResult,
    FileList,
    FileProcessingStatus,
    FileRecord,
    FileSubtitles,
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
from .calling import D, Resource, call
from .config import Config
from .flow import Flow
from .flows import analysis, files, segments, tasks, uploads
from .flows.uploads import Callback, UploadOptions


class VideoAnalysis(Resource[D]):
    """Analysis jobs: queue, look, wait, retry, cancel."""

    @call
    def get_status(self, analysis_job_id: str) -> Flow[VideoAnalysisJobStatus]:
        return analysis.get_status(self._config, analysis_job_id)

    @call
    def get_status_by_media(self, media_id: str) -> Flow[VideoAnalysisJobStatus]:
        """The job that was queued last for this video."""
        return analysis.get_status_by_media(self._config, media_id)

    @call
    def queue(
        self, media_id: str, *, analysis_type: str = "full_vlm", priority: str = "normal"
    ) -> Flow[VideoAnalysisQueueResult]:
        """Start an analysis, or join the one that is waiting or running.

        Types: full_vlm, frame_sample, scene_detection, transcript. Priorities: low, normal, high.
        """
        return analysis.queue(self._config, media_id, analysis_type, priority)

    @call
    def retry(
        self, analysis_job_id: str, media_id: str, *, reason: str | None = None
    ) -> Flow[VideoAnalysisRetryResult]:
        """Run a failed or cancelled job again, up to three times."""
        return analysis.retry(self._config, analysis_job_id, media_id, reason)

    @call
    def cancel(self, analysis_job_id: str, *, reason: str | None = None) -> Flow[VideoAnalysisJobStatus]:
        """Stop a job: at once when it waits, soon when it runs."""
        return analysis.cancel(self._config, analysis_job_id, reason)

    @call
    def wait_for_completion(
        self,
        analysis_job_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[VideoAnalysisJobStatus], object] | None = None,
    ) -> Flow[VideoAnalysisJobStatus]:
        """The completed job. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return analysis.wait_for_completion(self._config, analysis_job_id, timeout, on_progress)


class VideoScenes(Resource[D]):
    """What an analysis found."""

    @call
    def list(self, video_id: str) -> Flow[VideoSceneList]:
        return analysis.list_scenes(self._config, video_id)

    @call
    def get_thumbnail(self, scene_id: str) -> Flow[bytes]:
        """The picture in the middle of a scene, as JPEG."""
        return analysis.get_thumbnail(self._config, scene_id)


class Files(Resource[D]):
    """The library of videos."""

    @call
    def upload(
        self,
        path: str | Path,
        *,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        auto_describe: bool = True,
        skip_duplicates: bool = False,
    ) -> Flow[FileUploadResult]:
        """One request for small files, chunks for large ones. `auto_describe` also queues the analysis."""
        flow = files.upload(
            self._config,
            Path(path),
            title=title,
            tags=tags,
            auto_describe=auto_describe,
            skip_duplicates=skip_duplicates,
        )
        return flow

    @call
    def get(self, file_id: str) -> Flow[FileRecord]:
        return files.get(self._config, file_id)

    @call
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
    ) -> Flow[FileList]:
        query: dict[str, Any] = {"search": search, "tags": tags, "media_types": media_types}
        query |= {"date_from": date_from, "date_to": date_to, "sort_by": sort_by, "sort_order": sort_order}
        query |= {"limit": limit, "offset": offset}
        return files.list_files(self._config, query)

    @call
    def update(self, file_id: str, *, title: str | None = None, tags: Sequence[str] | None = None) -> Flow[FileRecord]:
        return files.update(self._config, file_id, title, tags)

    @call
    def delete(self, file_id: str) -> Flow[dict[str, Any]]:
        return files.delete(self._config, file_id)

    @call
    def add_subtitles(self, file_id: str, path: str | Path) -> Flow[FileSubtitles]:
        """An SRT or WebVTT file that later runs read instead of the film's own track."""
        return files.add_subtitles(self._config, file_id, Path(path))

    @call
    def remove_subtitles(self, file_id: str) -> Flow[FileSubtitles]:
        """Back to the film's own track."""
        return files.remove_subtitles(self._config, file_id)

    @call
    def get_processing_status(self, file_id: str) -> Flow[FileProcessingStatus]:
        return files.get_processing_status(self._config, file_id)

    @call
    def wait_for_session(
        self,
        file_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[FileProcessingStatus], object] | None = None,
    ) -> Flow[FileProcessingStatus]:
        """Until nothing more will happen by itself, however it ended."""
        return files.wait_for_session(self._config, file_id, timeout, on_progress)


class VideoUploads(Resource[D]):
    """Uploads in chunks: whole films, and each call by itself."""

    @call
    def initiate(
        self,
        filename: str,
        size_bytes: int,
        *,
        content_type: str | None = None,
        title: str | None = None,
        tags: Sequence[str] | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Flow[VideoUploadSession]:
        return uploads.initiate(
            self._config, filename, size_bytes, content_type=content_type, title=title, tags=tags, metadata=metadata
        )

    @call
    def confirm_chunk(
        self, media_id: str, upload_id: str, chunk_number: int, *, etag: str, size_bytes: int
    ) -> Flow[ChunkConfirmResult]:
        return uploads.confirm_chunk(self._config, media_id, upload_id, chunk_number, etag=etag, size_bytes=size_bytes)

    @call
    def retry_chunk(self, media_id: str, upload_id: str, chunk_number: int) -> Flow[ChunkRetryResult]:
        return uploads.retry_chunk(self._config, media_id, upload_id, chunk_number)

    @call
    def get_progress(self, media_id: str) -> Flow[VideoUploadProgress]:
        return uploads.get_progress(self._config, media_id)

    @call
    def complete(
        self, media_id: str, upload_id: str, *, auto_analyze: bool = True, analysis_type: str = "full_vlm"
    ) -> Flow[VideoUploadResult]:
        return uploads.complete(self._config, media_id, upload_id, auto_analyze, analysis_type)

    @call
    def abort(self, media_id: str, upload_id: str, *, reason: str | None = None) -> Flow[VideoAbortResult]:
        return uploads.abort(self._config, media_id, upload_id, reason)

    @call
    def batch_initiate(
        self, videos: Sequence[Mapping[str, Any]], *, auto_process: bool = True, processing_priority: str = "normal"
    ) -> Flow[BatchVideoUploadSession]:
        return uploads.batch_initiate(self._config, videos, auto_process, processing_priority)

    @call
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
    ) -> Flow[VideoUploadResult]:
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
        return uploads.upload_one(self._config, Path(file), options)

    @call
    def upload(self, /, files: str | Path | Sequence[str | Path], **options: Any) -> Flow[list[VideoUploadResult]]:
        """Send a film, several, or those of a folder; options as for `upload_one`."""
        return uploads.upload_many(self._config, files, UploadOptions(**options))


class AnalyzeTasks(Resource[D]):
    """Segmentation by your own definitions."""

    @call
    def create(
        self, /, media_id: str, segment_definitions: Sequence[Mapping[str, Any]], **settings: Any
    ) -> Flow[AnalyzeTask]:
        """Start a task. Settings are further keys of the request: start_time, end_time, custom_id, …"""
        return tasks.create(self._config, media_id, segment_definitions, settings)

    @call
    def retrieve(self, task_id: str) -> Flow[AnalyzeTask]:
        return tasks.retrieve(self._config, task_id)

    @call
    def list(self, *, page: int = 1, page_limit: int = 10, status: str | None = None) -> Flow[AnalyzeTaskList]:
        query = {"page": page, "page_limit": page_limit, "status": status}
        return tasks.list_tasks(self._config, query)

    @call
    def cancel(self, task_id: str) -> Flow[AnalyzeTask]:
        return tasks.cancel(self._config, task_id)

    @call
    def delete(self, task_id: str) -> Flow[None]:
        return tasks.delete(self._config, task_id)

    @call
    def wait_for_completion(
        self,
        task_id: str,
        *,
        timeout: float | None = None,
        on_progress: Callable[[AnalyzeTask], object] | None = None,
    ) -> Flow[AnalyzeTask]:
        """The ready task. Raises VideoAnalysisError when it fails or is cancelled, ClientTimeoutError when late."""
        return tasks.wait_for_completion(self._config, task_id, timeout, on_progress)


class Analyze(Generic[D]):
    """Groups `tasks`, as the task API does."""

    def __init__(self, config: Config, driver: D) -> None:
        self.tasks: AnalyzeTasks[D] = AnalyzeTasks(config, driver)


class Segments(Resource[D]):
    """Segments of modules: shots, scenes, transcription, …"""

    @call
    def list(self, video_id: str, *, module: str | None = None) -> Flow[list[ModuleSegment]]:
        return segments.list_segments(self._config, video_id, module)

    @call
    def clear(self, video_id: str) -> Flow[dict[str, Any]]:
        """Remove all module segments of a video; its film and its tasks stay."""
        return segments.clear(self._config, video_id)

    @call
    def results(self, video_id: str) -> Flow[dict[str, Any]]:
        return segments.results(self._config, video_id)

    @call
    def download(self, video_id: str, *, module: str | None = None, format: str = "json") -> Flow[bytes]:
        """One module as JSON or CSV; without a module the combined report."""
        return segments.download(self._config, video_id, module, format)
