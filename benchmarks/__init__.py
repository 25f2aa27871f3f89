"""Speed and memory, measured by hand: ``make bench``."""
