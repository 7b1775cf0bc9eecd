"""The one way to put text from a file into a map's script or HTML."""

import html

# branca renders a figure with Jinja a second time ({ }), and tooltips land in a JavaScript template literal (` $ \).
_ENTITIES = str.maketrans({character: f"&#{ord(character)};" for character in "`$\\{}"})


def inert(text: object) -> str:
    """Text that neither HTML, nor JavaScript template literals, nor Jinja can read as anything but text."""
    return html.escape(str(text)).translate(_ENTITIES)
