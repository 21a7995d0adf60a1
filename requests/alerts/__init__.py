"""Deadlines and alerts: found by rules, kept by the worker, shown, mailed once per step.

docs/decisions/0039-alerts.md says why.
"""
