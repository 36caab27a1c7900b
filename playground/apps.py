"""Collects static files without the parts of packages that nobody here loads."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class Static(StaticFilesConfig):
    # django-htmx ships extensions that import bare module names, which a manifest cannot resolve
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext", "vendor"]
