"""The video API under `/api/v2`: uploads in chunks, files, analysis jobs and their scenes."""
