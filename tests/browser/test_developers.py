"""The API page in a browser: keys and webhooks, and routes that are described without a network."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests import running
from tests.browser.segment_page import SegmentPage
from tests.browser.test_accessibility import PHONE, findings, sideways

Open = Callable[..., SegmentPage]


def test_key_and_endpoint_from_the_segment_page(open_page: Open, server: running.Server) -> None:
    page = open_page("/").page
    page.get_by_role("link", name="API").click()
    page.get_by_label("Name of a new key").fill("My notebook")
    page.get_by_role("button", name="Create key").click()
    secret = page.locator("#new-secret").inner_text()
    answer = page.request.get(f"{server.address}/v1.3/assets", headers={"x-api-key": secret})
    assert answer.status == 200

    page.get_by_label("Address of a new endpoint").fill("https://example.org/hook?with=a-long-name-" + "x" * 80)
    page.get_by_role("button", name="Add endpoint").click()
    page.get_by_role("button", name="Reveal secret").click()
    expect(page.locator(".endpoint .secret")).to_contain_text("whsec_")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1440, PHONE["width"]):
            page.set_viewport_size({"width": width, "height": 844})
            assert (findings(page), sideways(page)) == ([], [])
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("There is no endpoint yet.")).to_be_visible()
    page.get_by_role("button", name="Revoke My notebook").click()
    expect(page.get_by_role("button", name="Revoke My notebook")).to_have_count(0)
    assert page.request.get(f"{server.address}/v1.3/assets", headers={"x-api-key": secret}).status == 401


def test_routes_are_described_without_a_network(open_page: Open, server: running.Server) -> None:
    page = open_page("/").page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.address}/v1.3/docs")
    expect(page.get_by_text("/v1.3/assets/multipart-uploads", exact=True).first).to_be_visible()
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []
