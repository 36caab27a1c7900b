"""A film by address, cut, and the end told to a webhook: with real workers, through the official client."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from twelvelabs import TwelveLabs

from tests import sites
from tests.running import ROOT, wait_for
from tests.stack.world import World

pytestmark = pytest.mark.stack
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SHOTS = {"type": "segment_definitions", "segment_definitions": [{"id": "shot", "description": "A shot.", "fields": []}]}


@pytest.fixture
def site() -> Iterator[sites.Site]:
    with sites.serving() as site:
        site.replies["/hook"] = sites.Reply(204)
        yield site


def test_film_by_address_ends_at_a_webhook(new_world: Callable[..., World], film: Path, site: sites.Site) -> None:
    site.replies["/film.mp4"] = sites.Reply(body=film.read_bytes())
    world = new_world(OUTBOUND_ALLOW=f"127.0.0.1:{site.port}")
    world.client.ask("POST", "/developers/webhooks/", urlencode({"url": f"{site.address}/hook"}).encode(), FORM)
    hook = re.findall(r"/developers/webhooks/([0-9a-f-]+)/reveal/", page(world, "GET", "/developers/"))[0]
    secret = re.findall(r"whsec_\w+", page(world, "POST", f"/developers/webhooks/{hook}/reveal/"))[0]
    surroundings = os.environ | {"DATA_DIR": str(world.server.data_dir)}
    command = [sys.executable, "manage.py", "create_key", "stack"]
    made = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True)

    with httpx.Client(timeout=30) as connections:
        sdk = TwelveLabs(api_key=made.stdout.strip(), base_url=f"{world.server.address}/v1.3", httpx_client=connections)
        asset = sdk.assets.create(method="url", url=f"{site.address}/film.mp4")
        wait_for(lambda: sdk.assets.retrieve(asset.id).status != "processing", 60, "the film")
        assert sdk.assets.retrieve(asset.id).size == film.stat().st_size
        task = sdk.analyze_async.tasks.create(
            video={"type": "asset_id", "asset_id": asset.id},
            analysis_mode="time_based_metadata",
            response_format=SHOTS,
        )
        wait_for(lambda: [seen for seen in site.seen if seen.path == "/hook"], 60, "the webhook")
        wait_for(lambda: (sdk.analyze_async.tasks.retrieve(task.task_id).webhooks or [])[0].delivered, 10, "the note")

    (told,) = [seen for seen in site.seen if seen.path == "/hook"]
    event = json.loads(told.body)
    assert (event["type"], event["data"]["id"]) == ("analyze.task.ready", task.task_id)
    fields = dict(part.split("=") for part in told.headers["tl-signature"].split(","))
    signed = hmac.new(secret.encode(), fields["t"].encode() + b"." + told.body, hashlib.sha256).hexdigest()
    assert fields["v1"] == signed


def page(world: World, method: str, path: str) -> str:
    return world.client.ask(method, path, b"" if method == "POST" else None).body.decode()
