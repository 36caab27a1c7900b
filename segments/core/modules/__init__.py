"""Modules: fixed questions to a film, each answered from evidence. A new one is a file and a line of `registry`."""
