"""How long data is kept, and what then happens to it: read kind.py, then the folder kinds/."""
