"""Filling in a form as a person does, field by field, and sending it."""

from playwright.sync_api import Page


def fill(page: Page, **fields: str | bool) -> None:
    """Text into text fields, the named value in lists and among radio buttons, a tick where True."""
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        kind = str(field.first.evaluate("one => one.type || one.tagName"))
        if isinstance(value, bool):
            field.set_checked(value)
        elif kind in {"radio", "checkbox"}:
            page.locator(f"main [name={name}][value='{value}']").check()
        elif kind.startswith("select"):
            field.select_option(value)
        else:
            field.fill(value)


def submit(page: Page) -> None:
    """Sends the page's form and waits for where it leads."""
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").click()


def form(page: Page, place: str, **fields: str | bool) -> None:
    """Opens a form, fills it in and sends it; it may not come back with a fault."""
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    fill(page, **fields)
    submit(page)
    faults = page.locator("[data-error-summary]").all_inner_texts()
    assert not faults, f"{place}: {faults}"


def follow(page: Page, name: str) -> None:
    """Follows a link by its words."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()
