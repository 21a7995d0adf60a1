"""What can be asked for: one file per request type, found by listing this folder."""
