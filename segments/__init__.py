"""Cuepoint: videos in, labelled segments out. Doors, verbs and rows; `core` is the part that knows no framework."""

VERSION = "0.1.0"
