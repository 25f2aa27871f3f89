"""CRM exports: deals, referrals, renewals and other outcomes, and whom they are with.

Reads a plain ``outcomes.csv`` of one's own, the deals of HubSpot and Pipedrive, and Salesforce's
opportunities, from its data export or a report.
"""

from roc.collectors.crm.export import collect, recognises, resembles

__all__ = ["ONCE", "collect", "recognises", "resembles"]

ONCE = ("opportunity.csv",)
"""Files of which one export has no more than one."""
