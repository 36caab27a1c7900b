"""Property tests try the same examples every time: a gate that fails by chance is no gate."""

from hypothesis import settings

settings.register_profile("gate", derandomize=True, deadline=None)
settings.load_profile("gate")
