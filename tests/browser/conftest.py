"""A real server and a real Chromium. A page that logs an error or breaks the content policy fails its test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import running
from tests.browser import films
from tests.browser.segment_page import SegmentPage

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
DESKTOP = {"width": 1440, "height": 900}
PLUGINS = Path(__file__).parents[1] / "fakes" / "plugins"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True)
class Gates:
    """Runs of the engine `gated` go on when their gate is opened."""

    folder: Path

    def open(self, definition: str) -> None:
        (self.folder / definition).touch()

    def open_all(self) -> None:
        for name in ("shot", "held", "away", "first", "second"):
            self.open(name)


@pytest.fixture(scope="session")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Gates:
    return Gates(tmp_path_factory.mktemp("gates"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, gates: Gates) -> Iterator[running.Server]:
    environment = {"PYTHONPATH": str(PLUGINS), "CUEPOINT_TEST_GATES": str(gates.folder), "WORKERS": "1"}
    with running.serving(tmp_path_factory.mktemp("server"), **environment) as server:
        yield server


@pytest.fixture(scope="session")
def client(server: running.Server) -> running.Client:
    return running.Client(server)


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return films.four_scenes(tmp_path_factory.mktemp("films") / "four_scenes.mp4")


@pytest.fixture(scope="session")
def library(client: running.Client, film: Path) -> str:
    """The uid of a film that is uploaded and checked."""
    video = client.upload(film)
    client.finished(client.run(video, running.SHOTS, engine="fake"))
    return video


@pytest.fixture(scope="session")
def result(client: running.Client, library: str) -> str:
    """A finished run with two lanes: shots of three seconds each, and halves."""
    fields = [
        {"name": "summary", "type": "string", "description": "What happens"},
        {"name": "peak_at", "type": "timestamp", "format": "hh:mm:ss", "description": "The decisive instant"},
        {"name": "kinds", "type": "array", "items": {"type": "string"}, "description": "Some words"},
    ]
    shot = {"id": "shot", "description": "One uninterrupted camera take between two cuts.", "fields": fields}
    ranges = [{"start_time": n * films.SCENE_SECONDS, "end_time": (n + 1) * films.SCENE_SECONDS} for n in range(4)]
    part = {"id": "part", "description": "A third of each scene.", "fields": [], "time_ranges": ranges}
    job = client.run(library, [shot, part], engine="fake")
    assert client.finished(job)["status"] == "ready"
    return job


@pytest.fixture(scope="session")
def partial(client: running.Client, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A run over a film of which a part could not be read."""
    video = client.upload(films.damaged(tmp_path_factory.mktemp("films") / "damaged.mkv"))
    job = client.run(video, running.SHOTS)
    assert client.finished(job)["status"] == "ready"
    return job


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next((found for name in ("chromium", "google-chrome", "chrome") if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        # Django must not think that tests run inside of an event loop
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Troubles:
    """What a page complained about. Tests that provoke a failure say so with `expect`."""

    seen: list[str]
    expected: tuple[str, ...] = ()

    def expect(self, *parts: str) -> None:
        self.expected += parts

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(str(error)))
        page.on("console", lambda message: self.seen.append(message.text) if message.type == "error" else None)

    @property
    def unexpected(self) -> list[str]:
        return [words for words in self.seen if not any(part in words for part in self.expected)]


@pytest.fixture
def troubles() -> Iterator[Troubles]:
    troubles = Troubles([])
    yield troubles
    assert troubles.unexpected == []


@pytest.fixture
def open_page(chromium: Browser, server: running.Server, troubles: Troubles) -> Iterator[Callable[..., SegmentPage]]:
    """`open_page(path, **context options)`: each call is a visitor with a fresh browser profile."""
    contexts: list[BrowserContext] = []

    def visit(path: str = "/", **options: object) -> SegmentPage:
        known = {"viewport": DESKTOP, "color_scheme": "light", "reduced_motion": "reduce", **options}
        context = chromium.new_context(base_url=server.address, **known)  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        troubles.watch(page)
        return SegmentPage(page).goto(path)

    yield visit
    for context in contexts:
        context.close()
