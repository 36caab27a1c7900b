"""Reads: rows in, small frozen dataclasses and JSON shapes out. Page, APIs and socket all read here."""

from segments.domain.queries.developers import DevelopersView, developers_view
from segments.domain.queries.exports import ExportFile, ExportRow, export_file, export_rows
from segments.domain.queries.jobs import JobView, events_after, job_view
from segments.domain.queries.pages import HistoryView, PageView, PickerView, history_view, page_view, picker_view
from segments.domain.queries.results import captions_vtt, result_json, visual_json, with_segments
from segments.domain.queries.videos import FailureView, VideoView, video_view

__all__ = [
    "DevelopersView",
    "ExportFile",
    "ExportRow",
    "FailureView",
    "HistoryView",
    "JobView",
    "PageView",
    "PickerView",
    "VideoView",
    "captions_vtt",
    "developers_view",
    "events_after",
    "export_file",
    "export_rows",
    "history_view",
    "job_view",
    "page_view",
    "picker_view",
    "result_json",
    "video_view",
    "visual_json",
    "with_segments",
]
