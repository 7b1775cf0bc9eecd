"""Settings from the environment, each with its default."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Settings:
    """`store` is a folder, or postgresql://... or spark://...; `index_folder` holds the place index, shared by stores."""

    store: str
    index_folder: Path

    @property
    def store_folder(self) -> Path:
        return Path(self.store)


def settings(store: str | None = None) -> Settings:
    """INCIDENTS_STORE and INCIDENTS_INDEX override the user's data and cache folders; `store` overrides both."""
    chosen = store or os.environ.get("INCIDENTS_STORE") or str(Path(platformdirs.user_data_dir("incidents")) / "store")
    index = os.environ.get("INCIDENTS_INDEX") or platformdirs.user_cache_dir("incidents")
    return Settings(chosen, Path(index))
