"""Whose rows these are, the launch link, keys for programs, and room on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from segments.core.errors import NotFound, StorageFull
from segments.domain import access, launch, storage, submission, videos
from tests import factories


@pytest.mark.django_db
def test_video_is_found_by_its_owner_only(anna: User, stranger: User) -> None:
    video = factories.video(anna)
    assert access.video_for(anna, str(video.uid)) == video
    with pytest.raises(NotFound) as of_another:
        access.video_for(stranger, video.uid)
    with pytest.raises(NotFound) as of_nobody:
        access.video_for(anna, factories.NOWHERE)
    assert str(of_another.value) == str(of_nobody.value)


@pytest.mark.django_db
def test_run_is_found_by_its_owner_only(anna: User, stranger: User) -> None:
    job = factories.job(factories.video(anna))
    assert access.job_for(anna, str(job.uid)) == job
    with pytest.raises(NotFound):
        access.job_for(stranger, job.uid)


@pytest.mark.django_db
def test_upload_is_found_by_its_owner_only(anna: User, stranger: User) -> None:
    upload = factories.upload(anna)
    assert access.upload_for(anna, str(upload.uid)) == upload
    with pytest.raises(NotFound):
        access.upload_for(stranger, upload.uid)


@pytest.mark.django_db
def test_preparation_is_nobodys_run(anna: User) -> None:
    video = factories.uploaded(anna)
    with pytest.raises(NotFound):
        access.job_for(anna, factories.preparation(video).uid)
    assert list(access.jobs_of(anna)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("uid", ["", "1", "no-such-thing", "../../etc/passwd", "0" * 500, "\x00"])
def test_address_that_is_no_id_is_not_found(anna: User, uid: str) -> None:
    for fetch in (access.video_for, access.job_for, access.upload_for):
        with pytest.raises(NotFound):
            fetch(anna, uid)


@pytest.mark.django_db
def test_deleted_rows_are_found_for_undo_only(anna: User) -> None:
    video = factories.video(anna)
    job = factories.completed(factories.job(video))
    submission.remove(job)
    videos.remove(video)
    for fetch, row in ((access.video_for, video), (access.job_for, job)):
        assert fetch(anna, row.uid, deleted=True) == row  # type: ignore[operator]
        with pytest.raises(NotFound):
            fetch(anna, row.uid)


@pytest.mark.django_db
def test_counts_are_of_what_people_see(anna: User) -> None:
    video = factories.uploaded(anna)
    submission.remove(factories.job(video))
    factories.job(video)
    assert access.videos_of(anna).get().run_count == 1
    done = factories.completed(factories.job(factories.video(anna)))
    assert access.jobs_of(anna).get(pk=done.pk).segment_count == 2


@pytest.mark.django_db
def test_local_owner_is_one_account_without_a_password() -> None:
    owner = access.local_owner()
    assert access.local_owner() == owner
    assert not owner.has_usable_password()


def test_launch_link_works_once() -> None:
    token = launch.token()
    assert launch.token() == token
    assert launch.redeem(token)
    assert not launch.redeem(token)
    assert launch.token() != token


@pytest.mark.parametrize("given", ["", "guess", "ä"])
def test_wrong_launch_link_uses_nothing_up(given: str) -> None:
    token = launch.token()
    assert not launch.redeem(given)
    assert launch.redeem(token)


def test_launch_token_is_readable_for_its_owner_only(private_data_dir: Path) -> None:
    launch.token()
    assert (private_data_dir / "launch-token").stat().st_mode & 0o777 == 0o600


def test_room_is_what_lies_above_the_floor(settings: Any) -> None:
    storage.require_room(1)
    settings.FREE_DISK_FLOOR_BYTES = 1 << 60
    with pytest.raises(StorageFull, match="Delete videos"):
        storage.require_room(0)


def test_durable_write_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "name"
    storage.write_durably(path, b"old")
    storage.write_durably(path, b"new")
    assert [(file.name, file.read_bytes()) for file in path.parent.iterdir()] == [("name", b"new")]
