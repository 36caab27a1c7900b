"""`/api`: videos as jobs, modules that analyse them, segments that modules found."""
