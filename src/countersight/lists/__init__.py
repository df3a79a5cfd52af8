"""Lists of organisations: one file per family of official formats, the built-in events, what changed between two."""
