"""The demonstration office: its texts as TOML, and what loads them."""
