"""Eligibility and dates as pure functions of record facts, today and policy."""
