"""The server's settings, in one place: `incidents serve` passes them, `.streamlit/config.toml` repeats them for `streamlit run`."""

SETTINGS: dict[str, str] = {
    "browser.gatherUsageStats": "false",
    "client.allowedOrigins": "https://nobody.invalid",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "global.disableWidgetStateDuplicationWarning": "true",  # filters come from links and chips as well as from widgets
    "global.minCachedMessageSize": "2000",  # lists of names are sent once, not at each step
    "runner.magicEnabled": "false",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": "1024",
    "server.showEmailPrompt": "false",
    "theme.baseFontSize": "15",
    "theme.baseRadius": "small",
    "theme.showWidgetBorder": "true",
    "theme.showSidebarBorder": "true",
    "theme.light.primaryColor": "#1f6f8b",
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f4f6f7",
    "theme.light.textColor": "#22292e",
    "theme.light.linkColor": "#1f6f8b",
    "theme.light.borderColor": "#d9dfe2",
    "theme.dark.primaryColor": "#5fb3cf",
    "theme.dark.backgroundColor": "#15191c",
    "theme.dark.secondaryBackgroundColor": "#1d2326",
    "theme.dark.textColor": "#e3e8ea",
    "theme.dark.linkColor": "#7cc4dc",
    "theme.dark.borderColor": "#363f44",
}
"""Colours are of contrast 4.5 and more on their grounds. No other page may steer this one by messages: Streamlit's own list
of its cloud's addresses is asked for every message, six times a step.
"""

_LISTS = ("client.allowedOrigins",)
_GIVEN_BY_CALLER = ("server.address",)


def streamlit_options() -> list[str]:
    """Options for `streamlit run`, but for address and port, which the caller gives."""
    return [part for name, value in SETTINGS.items() if name not in _GIVEN_BY_CALLER for part in (f"--{name}", value)]


def config_toml() -> str:
    """The text of `.streamlit/config.toml`."""
    sections: dict[str, list[str]] = {}
    for name, value in SETTINGS.items():
        section, _, option = name.rpartition(".")
        plain = value in ("true", "false") or value.isdigit()
        text = value if plain else f'"{value}"'
        sections.setdefault(section, []).append(f"{option} = {f'[{text}]' if name in _LISTS else text}")
    return "\n\n".join("\n".join([f"[{section}]", *lines]) for section, lines in sections.items()) + "\n"
