"""The whole application behind a real uvicorn, in a thread of the test process: it shares database and settings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.running import wait_for


@contextmanager
def serving() -> Iterator[str]:
    """The address of the server, such as http://127.0.0.1:40123."""
    config = uvicorn.Config(
        "playground.asgi:application", port=0, lifespan="off", ws="none", log_level="warning", timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="uvicorn", daemon=True)
    thread.start()
    wait_for(lambda: server.started, words="uvicorn to start")
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
