"""Settings from the environment, each with its default."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Settings:
    """`store` is a folder, or postgresql://... or spark://...; `index_folder` holds the place index, shared by stores.

    `own_data`: places of the store's datasets help names in new imports.
    """

    store: str
    index_folder: Path
    own_data: bool = True

    @property
    def store_folder(self) -> Path:
        return Path(self.store)


def settings(store: str | None = None) -> Settings:
    """INCIDENTS_STORE and INCIDENTS_INDEX override the user's data and cache folders; `store` overrides both.

    INCIDENTS_OWN_DATA=0 turns `own_data` off.
    """
    chosen = store or os.environ.get("INCIDENTS_STORE") or str(Path(platformdirs.user_data_dir("incidents")) / "store")
    index = os.environ.get("INCIDENTS_INDEX") or platformdirs.user_cache_dir("incidents")
    own_data = os.environ.get("INCIDENTS_OWN_DATA", "1").strip().lower() not in ("0", "no", "off", "false")
    return Settings(chosen, Path(index), own_data)
