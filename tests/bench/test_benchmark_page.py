"""The page of figures: what --write puts in, and what it leaves alone."""

from pathlib import Path

import pytest

from bench import material, results


def test_figures_go_between_the_marks_and_the_rest_stays(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Benchmarks\n\n{results.BEGIN}\nold\n{results.END}\n\nafter\n", encoding="utf-8")
    results.write_page(page, {"import": {"real": {"import, times pandas": 2.5, "import (s)": 1234.0}}})
    assert page.read_text(encoding="utf-8") == (
        f"# Benchmarks\n\n{results.BEGIN}\n\n"
        "### Import\n\n| incidents | real |\n|---|---:|\n| import, times pandas | 2.5 |\n| import (s) | 1,234 |\n\n"
        f"{results.END}\n\nafter\n"
    )


def test_a_page_without_the_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^benchmarks\.md: the two marks"):
        results.write_page(page, {})


def test_ten_times_the_rows_is_stated_where_both_sizes_were_measured() -> None:
    text = results.tables({"import": {"3.5m": {"import (s)": 30.0}, "real": {"import (s)": 4.0}}})
    assert "| incidents | real | 3.5m synthetic | ten times the rows cost |" in text
    assert "| import (s) | 4 | 30 | 7.5 times |" in text


@pytest.mark.parametrize(("size", "rows"), [("5000", 5_000), ("3.5m", 3_500_000), ("20m", 20_000_000), ("10k", 10_000)])
def test_sizes_are_read(size: str, rows: int) -> None:
    assert material.rows_of(size) == rows


def test_a_size_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^--rows many: expected real, or a number"):
        material.rows_of("many")
