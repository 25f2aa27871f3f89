"""Slack: what is written, answered, marked and talked over in a workspace.

Reads the export of a workspace, or of a Grid organisation, of any age, as a zip or unpacked
(``docs/sources/slack.md``). It holds both ways, and does not say who made it.
"""

from roc.collectors.slack.export import collect, recognises, resembles

__all__ = ["INNER", "ONCE", "collect", "recognises", "resembles"]

ONCE = ("channels.json", "org_users.json", "users.json")
"""Files of which one export has no more than one."""

INNER = ("teams",)
"""Where the export of a Grid organisation has those of each workspace."""
