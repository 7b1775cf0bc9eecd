"""One module per panel: what the engine is asked, as Ibis expressions."""
