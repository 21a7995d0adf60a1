"""Letters of the office: set as PDF, issued once, revoked, and confirmed in public."""
