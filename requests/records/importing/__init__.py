"""Importing records from a file: each row is compared with the person it names, then written."""
