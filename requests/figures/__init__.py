"""Figures of the office's work: what came in, how long it took, and why it came back."""
