"""Words that a column may hold, from the words that files use for them."""

_SYNONYMS = {
    "claimed": ("claim", "claimed responsibility", "responsibility claimed", "self-claimed", "yes, claimed"),
    "attributed": ("suspected", "alleged", "blamed", "presumed", "accused"),
    "disputed": ("denied", "contested", "conflicting"),
    "yes": ("true", "1", "y", "included", "oui", "si", "sí"),
    "no": ("false", "0", "n", "not included", "excluded", "non"),
}


def allowed_word(cell: str, allowed: tuple[str, ...]) -> str:
    """The allowed word that the cell stands for; "unknown" for an empty cell or any other."""
    word = cell.strip().lower()
    if word in allowed:
        return word
    return next((meant for meant, words in _SYNONYMS.items() if meant in allowed and word in words), "unknown")
