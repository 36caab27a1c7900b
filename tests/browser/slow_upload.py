"""An upload that stands still until it is let go: the parts wait at the door of the page."""

from __future__ import annotations

from playwright.sync_api import Page, Route


class SlowUpload:
    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        self.open = False
        page.route("**/uploads/*/", self._arrived)

    def _arrived(self, route: Route) -> None:
        if self.open or route.request.method != "PATCH":
            route.continue_()
        else:
            self.waiting.append(route)

    def release(self) -> None:
        self.open = True
        for route in self.waiting:
            route.continue_()
        self.waiting.clear()
