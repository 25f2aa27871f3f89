"""Readers of sources: one file per source, exports and APIs alike."""
