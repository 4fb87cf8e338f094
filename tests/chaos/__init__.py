"""Kills and stops whole processes of a running system, and keeps the books outside of it: `python -m tests.chaos`."""
