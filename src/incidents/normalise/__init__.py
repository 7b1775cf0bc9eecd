"""Raw cells to incidents: dates, figures, actors, place names; what cannot be read is listed."""
