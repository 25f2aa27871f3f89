"""A world a source: a server on this machine in which something has happened to Ana."""
