"""Static files under names with a content hash, ES module imports rewritten too, and served before Django is asked."""

from typing import Any

from django.conf import settings
from servestatic import ServeStaticASGI
from servestatic.storage import CompressedManifestStaticFilesStorage

#: Names that change with what is in the file, so browsers may keep it for good.
HASHED = r"\.[0-9a-f]{12}\.\w+$"


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True


def with_static_files(application: Any) -> ServeStaticASGI:
    """ASGI application that answers for the collected files and leaves everything else to `application`."""
    return ServeStaticASGI(
        application,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        allow_all_origins=False,
        immutable_file_test=HASHED,
        add_headers_function=_guard,
    )


def _guard(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
