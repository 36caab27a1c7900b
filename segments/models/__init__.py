"""Rows: fields, constraints and cheap properties. Every verb lives in `segments.domain`."""

from segments.models.api_key import ApiKey
from segments.models.event import Event
from segments.models.evidence import Evidence
from segments.models.idempotency_key import IdempotencyKey
from segments.models.job import Job
from segments.models.project import Project
from segments.models.saved_definitions import SavedDefinitions
from segments.models.segment import Segment
from segments.models.shared_report import SharedReport
from segments.models.upload import Upload, UploadChunk
from segments.models.video import Video
from segments.models.webhook import Delivery, WebhookEndpoint

__all__ = [
    "ApiKey",
    "Delivery",
    "Event",
    "Evidence",
    "IdempotencyKey",
    "Job",
    "Project",
    "SavedDefinitions",
    "Segment",
    "SharedReport",
    "Upload",
    "UploadChunk",
    "Video",
    "WebhookEndpoint",
]
