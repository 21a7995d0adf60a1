"""Photographs the demonstration office into docs/images/, for the README (`make screenshots`)."""

from playwright.sync_api import sync_playwright

from isso.tests.running_office import CHROMIUM, ROOT, running_office

OPTIONS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]

# name → (account, address or words of the link to follow there, width, height, color scheme)
PICTURES = {
    "home": ("", "/", 1280, 900, "light"),
    "requests": ("student@demo.example", "/portal/requests/", 1280, 1000, "light"),
    "request": ("student@demo.example", "request", 1280, 1000, "light"),
    "desk": ("advisor@demo.example", "case", 1280, 900, "light"),
    "phone": ("student@demo.example", "/portal/", 390, 844, "dark"),
}


def main():
    """Photograph an office of its own."""
    with running_office() as site:
        photograph(site)


def photograph(site):
    """Take every picture."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        for name, (account, address, width, height, scheme) in PICTURES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            tab = context.new_page()
            if account:
                sign_in(tab, site, account)
            go(tab, site, address)
            tab.screenshot(path=ROOT / "docs" / "images" / f"{name}.png")
            print(f"docs/images/{name}.png")
            context.close()
        browser.close()


def sign_in(tab, site, account):
    """Sign in with the demonstration's password."""
    tab.goto(f"{site}/accounts/login/")
    tab.locator("input[name=login]").fill(account)
    tab.locator("input[name=password]").fill("demo")
    tab.locator("main button[type=submit]").click()
    tab.wait_for_url(lambda url: "/accounts/" not in url)


def go(tab, site, address):
    """Open an address, the student's submitted request, or the first case of the queue."""
    if address == "request":
        tab.goto(f"{site}/portal/requests/")
        tab.locator("tr", has_text="Submitted").get_by_role("link").first.click()
    elif address == "case":
        tab.goto(f"{site}/admin/desk/")
        tab.locator("td.title a").first.click()
    else:
        tab.goto(site + address)
    tab.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
