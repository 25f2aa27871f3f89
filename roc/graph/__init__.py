"""People, their accounts and what passed between them, in an SQLite file or on a server."""
