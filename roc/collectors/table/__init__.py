"""Any table of who reached whom when: CSV, TSV, JSON Lines or Parquet, a row per act and recipient.

``roc collect table enron.csv.gz --map from=src --map to=dst --map at=t --map id=mid`` says which
column means what; columns with well-known names need no saying. A table may also be a register
that says who accounts are (``docs/sources/table.md``).
"""

from roc.collectors.table.export import collect, is_sure, recognises

__all__ = ["collect", "is_sure", "recognises"]
