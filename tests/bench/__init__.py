"""Measurements, never verdicts: machines differ, and a test that measures them fails by chance."""
