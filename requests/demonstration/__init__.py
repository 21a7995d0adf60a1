"""The people and requests of the demonstration office: told in TOML, made through the real doors."""
