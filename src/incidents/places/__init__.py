"""Place names to coordinates, offline, with a stated precision and radius."""
