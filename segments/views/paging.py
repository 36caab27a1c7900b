"""Page numbers from addresses."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """`page` of the query; anything that is no number from 1 to 1000 means the first."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and 1 <= int(text[:6]) <= 1000 else 1
