"""What every page has in common, without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from incidents.ingest import import_file
from incidents.normalise.options import ImportOptions
from incidents.store import open_store


def page() -> AppTest:
    """Lists the dataset "weekly", and finds the next one when it is gone."""

    def script() -> None:
        import os

        import streamlit as st

        from incidents.model.errors import NoSuchDataset
        from incidents.store import open_store
        from incidents.ui import loading, pages

        def shown() -> None:
            store = loading.user_store()
            (dataset,) = store.datasets() or (None,)
            if dataset is None:
                st.text("nothing is stored")
                return
            if st.session_state.get("somebody deletes it"):
                with open_store(os.environ["INCIDENTS_STORE"]) as another:
                    another.delete(dataset.dataset_id)
            asked = st.session_state.get("asked for", dataset.dataset_id)
            st.text(store.find(asked).name)

        try:
            pages.draw(shown)
        except NoSuchDataset as gone:
            st.text(str(gone))

    return AppTest.from_function(script, default_timeout=60)


@pytest.fixture
def _weekly(store_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "weekly.csv").write_text("event_id,date,place,country,killed\n1,2024-05-01,Zahedan,Iran,3\n")
    with open_store(str(store_folder)) as store:
        import_file(store, tmp_path / "weekly.csv", ImportOptions(), name="weekly")


@pytest.mark.usefixtures("_weekly")
def test_a_page_is_drawn_anew_where_a_dataset_leaves_while_it_is_drawn() -> None:
    drawn = page()
    drawn.session_state["somebody deletes it"] = True
    drawn.run()
    assert [found.value for found in drawn.text] == ["nothing is stored"]
    assert not drawn.exception


@pytest.mark.usefixtures("_weekly")
def test_a_dataset_that_never_was_is_a_fault_and_no_endless_drawing() -> None:
    drawn = page()
    drawn.session_state["asked for"] = "never"
    drawn.run()
    assert [found.value for found in drawn.text] == ['"never": no dataset has that name or id; in the store: "weekly".']
