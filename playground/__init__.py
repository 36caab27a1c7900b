"""The project: wiring only, no behaviour."""

from playground.celery import app as celery_app

__all__ = ["celery_app"]
