"""Every verb, and the only code that writes rows."""
