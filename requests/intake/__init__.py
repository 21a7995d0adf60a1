"""Bulk intake: many PDFs with a manifest, each to the one person all its identifiers name."""
