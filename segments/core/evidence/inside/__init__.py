"""Code that runs only in the limited child process."""
