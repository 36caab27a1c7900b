"""Sockets."""

from django.urls import path

from segments.consumers import JobConsumer

websocket_urlpatterns = [path("ws/jobs/<str:uid>/", JobConsumer.as_asgi())]
