"""Numbers about ties: pure functions on arrays, each with its source."""
