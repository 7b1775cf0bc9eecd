"""What a person does on the Explore page."""

from tests.browser.conftest import Visit


def types(visit: Visit, key: str, text: str) -> None:
    field = visit.page.locator(f".st-key-{key} input").first
    field.fill(text)
    field.press("Enter")


def chooses(visit: Visit, key: str, option: str) -> None:
    field = visit.page.locator(f".st-key-{key} input").first
    field.click()
    field.fill(option)
    visit.page.get_by_role("option", name=option, exact=True).first.click()
    visit.page.keyboard.press("Escape")


def types_dates(visit: Visit, first: str, last: str) -> None:
    """Digits alone: 20240403. The field gives its dates away when it loses the focus."""
    parts = visit.page.locator(".st-key-filter_dates [role=spinbutton]")
    for number, digits in ((0, first), (3, last)):
        parts.nth(number).click()
        visit.page.keyboard.type(digits, delay=30)
    visit.page.locator(".st-key-sentence").click()
    visit.page.get_by_label("Remove When: ").wait_for()
    visit.rests()


def chip(visit: Visit, text: str) -> None:
    visit.page.get_by_label(f"Remove {text}", exact=True).wait_for()


def removes(visit: Visit, text: str) -> None:
    visit.page.get_by_label(f"Remove {text}", exact=True).click()
    visit.sees("Showing 40 of 40 incidents")
    visit.rests()


def opens(visit: Visit, row: str) -> None:
    """A row of the table, by the text of its button."""
    visit.page.locator(".st-key-table tbody button", has_text=row).first.click()
    visit.page.locator(".st-key-details").get_by_text("Reported dead").first.wait_for()
    visit.rests()


def details(visit: Visit) -> str:
    return visit.page.locator(".st-key-details").inner_text()
