"""People, their accounts and what passed between them, in one SQLite file."""
