"""See apps.py for what this room is for."""
