"""What a visitor waits for, in headless Chromium with software rendering, against a server of this bench."""

from __future__ import annotations

import gzip
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.table import Row
from tests.browser import films
from tests.running import SHOTS, Client, Server, serving, wait_for

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PLUGINS = Path(__file__).parents[1] / "fakes" / "plugins"
PROBE = Path(__file__).with_name("probe.js")
VISITS = 5
SEGMENTS = 5000
HOURS_2 = 7200.0


def measure(folder: Path) -> list[Row]:
    """Every figure of the page; about time; a film of twelve seconds is enough."""
    data, gates = folder / "page", folder / "gates"
    data.mkdir()
    gates.mkdir()
    film = films.four_scenes(folder / "four_scenes.mp4")
    surroundings = {"PYTHONPATH": str(PLUGINS), "CUEPOINT_TEST_GATES": str(gates), "WORKERS": "1"}
    with serving(data, **surroundings) as server, _chromium() as chromium:
        client = Client(server)
        video = client.upload(film)
        wait_for(lambda: client.ask("HEAD", f"/videos/{video}/sprite.jpg").status == 200, 120, "the preparation")
        job = client.run(video, SHOTS, engine="fake")
        client.finished(job)
        rows = _first_page(server, chromium)
        rows += _many_segments(server, chromium, job)
        rows += _builder(server, chromium)
        rows += _json_tab(server, chromium, job)
        rows += _idle(server, chromium, job)
        return rows + _events(server, chromium, client, video, gates)


@contextmanager
def _chromium() -> Iterator[Browser]:
    path = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@contextmanager
def _page(server: Server, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=server.address, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(path=PROBE)
    yield page
    context.close()


def _first_page(server: Server, chromium: Browser) -> list[Row]:
    html = Client(server).ask("GET", "/", headers={"Accept": "text/html"}).body
    rows = [Row("first page: HTML, gzip", len(gzip.compress(html, 9)) / 1024, "KiB", 30)]
    seen: list[dict[str, float]] = []
    with _page(server, chromium) as page:
        for _ in range(VISITS):
            page.goto("/")
            page.wait_for_function("() => document.querySelector('[role=tab][aria-selected=true]')")
            ready = page.evaluate("performance.now()")
            page.wait_for_timeout(500)  # paints and shifts that come late count too
            seen.append(
                {
                    "ready": ready,
                    **page.evaluate("() => ({ paint: probe.paint, shift: probe.shift, blocking: probe.blocking })"),
                }
            )
    for what, key, unit, most in (
        ("largest paint", "paint", "s", 1.0),
        ("interactive", "ready", "s", 1.0),
        ("blocking time", "blocking", "ms", 100),
        ("layout shift", "shift", "", 0.02),
    ):
        value = median(each[key] for each in seen) / (1000 if unit == "s" else 1)
        rows.append(Row(f"page: {what}, median of {VISITS} visits", value, unit, most))
    return rows


def _many_segments(server: Server, chromium: Browser, job: str) -> list[Row]:
    with _page(server, chromium) as page:
        page.route("**/visual.json*", lambda route: route.fulfill(json=_enlarged(route.fetch().json())))
        opened = []
        for _ in range(VISITS):
            page.goto(f"/?task={job}")
            page.wait_for_function(
                "() => document.querySelector('[data-visual]').dataset.ready && probe.painted.length"
            )
            opened.append(page.evaluate("probe.painted[0] - probe.data"))
        page.wait_for_timeout(1000)  # the list and the player settle
        zoom = page.evaluate("() => probe.turn(3, 'zoom')")
        page.evaluate("() => document.querySelector('segment-timeline').setView({ from: 900, to: 960 })")
        pan = page.evaluate("() => probe.turn(3, 'pan')")
        chosen = page.evaluate("() => probe.select()")
    frames, scripts = zoom["frames"] + pan["frames"], zoom["scripts"] + pan["scripts"]
    note = f"{len(frames)} frames, 3 s zoom and 3 s pan"
    return [
        Row("5,000 segments: data to painted timeline, median of 5", median(opened), "ms", 300),
        Row("5,000 segments: frame, median", median(frames), "ms", 16.75, note),
        Row("5,000 segments: frame, p95", _p95(frames), "ms", 20),
        Row("5,000 segments: frame, longest", max(frames), "ms", 50),
        Row("5,000 segments: our script in a frame, p95", _p95(scripts), "ms", 4, f"median {median(scripts):.2f} ms"),
        Row("5,000 segments: buttons, most", max(zoom["buttons"], pan["buttons"]), "", 300),
        Row("select: until its fields are shown, median", median(chosen["shown"]), "ms", 50, _worst(chosen["shown"])),
        Row("select: until the seek is asked, median", median(chosen["sought"]), "ms", 16, _worst(chosen["sought"])),
    ]


def _enlarged(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer of a small run with 5,000 segments in two lanes over two hours."""
    lane = answer["lanes"][0]
    pattern = lane["segments"][0]
    count = SEGMENTS // 2
    step = HOURS_2 / count

    def segments(share: float) -> list[dict[str, Any]]:
        return [{**pattern, "start": n * step, "end": n * step + share * step * (1 + n % 3) / 3} for n in range(count)]

    answer["lanes"] = [{**lane, "segments": segments(1.0)}, {**lane, "id": "other", "segments": segments(0.8)}]
    answer["video"]["duration"] = HOURS_2
    answer["window"] = {"start": 0, "end": HOURS_2} if isinstance(answer.get("window"), dict) else [0, HOURS_2]
    return answer


def _builder(server: Server, chromium: Browser) -> list[Row]:
    """Both directions with 10 definitions of 20 fields."""
    fields = [{"name": f"field_{n}", "type": "string", "description": "Something to find."} for n in range(20)]
    text = json.dumps([{"id": f"part_{n}", "description": "A part.", "fields": fields} for n in range(10)], indent=2)
    with _page(server, chromium) as page:
        page.goto("/")
        page.wait_for_function("() => document.querySelector('[role=tab][aria-selected=true]')")
        use = "text => document.dispatchEvent(new CustomEvent('definitions:use', { detail: { text } }))"
        page.evaluate(use, text)
        page.get_by_role("button", name="Edit in Builder").click()
        area = page.locator("#_definition_modal [data-part=description]").first
        editor = page.locator("#_definition_modal .cm-content")
        editor.wait_for()
        page.evaluate("() => { window.delays = probe.builder(); }")
        area.click()
        for letter in "twenty letters typed":
            page.keyboard.press("Space" if letter == " " else letter)
            page.wait_for_timeout(60)
        to_text = page.evaluate("() => delays.inText")
        editor.get_by_text('"A part').first.click()
        for letter in "0123456789":
            page.keyboard.press(letter)
            page.wait_for_timeout(400)
        to_form = page.evaluate("() => delays.inForm")
    return [
        Row("Builder, 10 × 20 fields: key to Editor text, median", median(to_text), "ms", 50, _worst(to_text)),
        Row("Builder, 10 × 20 fields: Editor key to form, median", median(to_form), "ms", 200, _worst(to_form)),
    ]


def _json_tab(server: Server, chromium: Browser, job: str) -> list[Row]:
    def large(route: Any) -> None:
        answer = route.fetch().json()
        (name,) = answer["result"]
        answer["result"][name] *= 5_000_000 // len(json.dumps(answer["result"][name])) + 1
        route.fulfill(json=answer)

    with _page(server, chromium) as page:
        page.route("**/result.json*", large)
        page.goto(f"/?task={job}")
        page.wait_for_function("() => document.querySelector('[data-visual]').dataset.ready")
        seen = page.evaluate("() => probe.json()")
    return [
        Row("JSON tab, 5 MB: answer to first paint", seen["taken"], "ms", 500),
        Row("JSON tab, 5 MB: frame while scrolling, p95", _p95(seen["frames"]), "ms", 20),
    ]


def _idle(server: Server, chromium: Browser, job: str) -> list[Row]:
    asked: list[str] = []
    with _page(server, chromium) as page:
        page.goto(f"/?task={job}")
        page.wait_for_function("() => document.querySelector('[data-visual]').dataset.ready")
        page.wait_for_timeout(2000)
        page.on("request", lambda request: asked.append(request.url))
        page.evaluate("() => { probe.timers.length = 0; probe.frames = 0; }")
        page.wait_for_timeout(5000)
        timers, frames = page.evaluate("() => [probe.timers.filter((each) => each < 1000).length, probe.frames]")
    return [
        Row("idle page, 5 s: timers under a second", timers, "", 0),
        Row("idle page, 5 s: frames asked for", frames, "", 0),
        Row("idle page, 5 s: requests", len(asked), "", 0),
    ]


def _events(server: Server, chromium: Browser, client: Client, video: str, gates: Path) -> list[Row]:
    """A run is cancelled by somebody else; the page that shows it follows its socket."""
    first = client.run(video, SHOTS, engine="gated")
    delays = []
    with _page(server, chromium) as page:
        for _ in range(VISITS):
            job = client.run(video, SHOTS, engine="gated")
            page.goto(f"/?task={job}")
            page.wait_for_selector("[data-live][data-state=live]")
            page.evaluate("() => probe.await('cancelled')")
            started = time.time()
            client.ask("POST", f"/jobs/{job}/cancel/", b"")
            page.wait_for_function("() => probe.told")
            delays.append(page.evaluate("() => probe.told") - started * 1000)
    (gates / "shot").touch()
    client.finished(first)
    return [Row(f"event to visible, median of {VISITS}", median(delays), "ms", 300, _worst(delays))]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _worst(values: list[float]) -> str:
    return f"of {len(values)}, worst {max(values):.0f}"
