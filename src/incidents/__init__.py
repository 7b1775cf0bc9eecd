"""Incidents: explore files of armed-conflict incidents, offline."""

__version__ = "0.1.0"
