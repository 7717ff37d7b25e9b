"""Outcomes: honest numbers about pupils and schools."""
