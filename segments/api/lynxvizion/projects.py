"""Projects: shelves for videos. Deleting one leaves its videos."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel

from segments.api.lynxvizion import mapping
from segments.api.lynxvizion.asking import number_of, read, takes
from segments.domain import access, projects
from segments.models import Project

router = Router()


class NewProject(BaseModel):
    name: str
    description: str = ""


class ProjectChange(BaseModel):
    name: str | None = None
    description: str | None = None


@router.get("/projects", response=list[dict[str, Any]])
def list_projects(request: HttpRequest) -> list[dict[str, Any]]:
    """Newest first, each with the number of its videos."""
    return [mapping.project_json(row, row.video_count) for row in projects.projects_of(request.user)]


@router.post("/projects", response={201: dict[str, Any]}, openapi_extra=takes(NewProject))
def create_project(request: HttpRequest) -> Status[dict[str, Any]]:
    sent = read(request, NewProject)
    row = projects.create(request.user, name=sent.name, description=sent.description)
    return Status(201, mapping.project_json(row, 0))


@router.get("/projects/{project_id}", response=dict[str, Any])
def retrieve_project(request: HttpRequest, project_id: str) -> dict[str, Any]:
    return _json(_project(request, project_id))


@router.patch("/projects/{project_id}", response=dict[str, Any], openapi_extra=takes(ProjectChange))
def change_project(request: HttpRequest, project_id: str) -> dict[str, Any]:
    row = _project(request, project_id)
    sent = read(request, ProjectChange)
    return _json(projects.change(row, name=sent.name, description=sent.description))


@router.delete("/projects/{project_id}", response=dict[str, Any])
def delete_project(request: HttpRequest, project_id: str) -> dict[str, Any]:
    """The project goes; its videos stay, on no shelf."""
    projects.remove(_project(request, project_id))
    return {"ok": True}


@router.get("/projects/{project_id}/videos", response=list[dict[str, Any]])
def list_project_videos(request: HttpRequest, project_id: str) -> list[dict[str, Any]]:
    found = access.received_videos_of(request.user).filter(project=_project(request, project_id))
    return mapping.videos_json(list(found))


def _project(request: HttpRequest, number: str) -> Project:
    return projects.of(request.user, number_of(number, "project"))


def _json(row: Project) -> dict[str, Any]:
    return mapping.project_json(row, projects.video_count(row))
