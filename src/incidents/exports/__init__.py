"""Exports: what the filter shows, as files that other programs read."""

from incidents.exports.files import UnknownFormat, export

__all__ = ["UnknownFormat", "export"]
