"""Backups: a consistent, sealed copy of everything while Headship runs, and the way back."""
