"""What people read: built as data first, then set as HTML, Markdown and JSON."""
