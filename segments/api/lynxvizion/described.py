"""What the document of this contract says about every route at once."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

REFUSAL = {
    "type": "object",
    "description": "Further keys name what is wrong, such as `field` and `allowed`.",
    "required": ["detail", "code"],
    "properties": {"detail": {"type": "string"}, "code": {"type": "string"}},
}
#: What any route may answer instead; a video of another is as unknown as none (404).
STATUSES = {
    400: "A value is wrong",
    401: "No valid key",
    403: "The link or the token does not fit",
    404: "Not there, or not yours",
    409: "Not in this state",
    413: "Too large",
    429: "Too many calls",
    503: "Busy",
}


class DescribedAPI(NinjaAPI):
    """Adds the refusals, which handlers make, to the answers of every route."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        content = {"application/json": {"schema": REFUSAL}}
        refusals = {status: {"description": text, "content": content} for status, text in STATUSES.items()}
        for methods in document["paths"].values():
            for operation in methods.values():
                operation["responses"] = {**refusals, **operation["responses"]}
        return document
