"""An upload that stands still until it is let go: its parts wait at the door of the page."""

from __future__ import annotations

from playwright.sync_api import Page, Route

from tests.running import wait_for


class SlowUpload:
    """Lets `after_parts` parts through and holds the next one."""

    def __init__(self, page: Page, *, after_parts: int = 0) -> None:
        self.page = page
        self.left = after_parts
        self.waiting: list[Route] = []
        self.open = False
        page.route("**/uploads/*/", self._arrived)

    def _arrived(self, route: Route) -> None:
        if route.request.method != "PATCH" or self.open or self.left > 0:
            self.left -= route.request.method == "PATCH"
            route.continue_()
        else:
            self.waiting.append(route)

    def wait_until_held(self) -> None:
        def held() -> bool:
            self.page.wait_for_timeout(20)  # lets the events of the page arrive
            return bool(self.waiting)

        wait_for(held, words="a part to arrive")

    def release(self) -> None:
        """Let go of everything; requests whose page gave up on them meanwhile are no trouble."""
        self.open = True
        for route in self.waiting:
            if not route.request.failure:
                route.continue_()
        self.waiting.clear()
