"""A complete and valid set of answers of each request type, as typed: one file a type."""
