"""The demonstration office: who lives there and what was asked, told in TOML."""
