"""The sample films: drawn, sounded and encoded by `manage.py render_samples`; needs the optional group `samples`."""
