"""The framework-free heart: media in, evidence, segments out. Knows no Django, database or environment."""
