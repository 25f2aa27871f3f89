"""What every way to a database keeps to: how long it waits, and how much it holds in memory."""

WAIT_FOR_LOCK_SECONDS = 10
"""How long one waits for another who writes, or for a server that does not answer."""

CACHE_KIB = 96 * 1024
"""Pages of a file that are held in memory at most."""

WHOLE_CACHE_KIB = 16 * 1024
"""The same where a whole file is gone through, of which no page is wanted twice."""
