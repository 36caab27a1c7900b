"""What the server's answers become: frozen dataclasses, and the two enums of states."""

from .analysis import (
    VideoAnalysisJobStatus,
    VideoAnalysisProgressEvent,
    VideoAnalysisQueueResult,
    VideoAnalysisRetryResult,
    VideoAnalysisStatus,
    VideoScene,
    VideoSceneList,
)
from .files import FileList, FileProcessingStatus, FileRecord, FileSubtitles, FileUploadResult, VideoMetadata
from .results import AnalyzeTask, AnalyzeTaskList, ModuleSegment
from .uploads import (
    BatchVideoUploadSession,
    ChunkConfirmResult,
    ChunkRetryResult,
    VideoAbortResult,
    VideoChunkInfo,
    VideoChunkProgressEvent,
    VideoUploadCompleteEvent,
    VideoUploadProgress,
    VideoUploadResult,
    VideoUploadSession,
    VideoUploadStatus,
)

__all__ = [
    "AnalyzeTask",
    "AnalyzeTaskList",
    "BatchVideoUploadSession",
    "ChunkConfirmResult",
    "ChunkRetryResult",
    "FileList",
    "FileProcessingStatus",
    "FileRecord",
    "FileSubtitles",
    "FileUploadResult",
    "ModuleSegment",
    "VideoAbortResult",
    "VideoAnalysisJobStatus",
    "VideoAnalysisProgressEvent",
    "VideoAnalysisQueueResult",
    "VideoAnalysisRetryResult",
    "VideoAnalysisStatus",
    "VideoChunkInfo",
    "VideoChunkProgressEvent",
    "VideoMetadata",
    "VideoScene",
    "VideoSceneList",
    "VideoUploadCompleteEvent",
    "VideoUploadProgress",
    "VideoUploadResult",
    "VideoUploadSession",
    "VideoUploadStatus",
]
