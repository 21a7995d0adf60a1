"""Looks at a page as WCAG 2.2 AA asks, in four ways: light and dark, on a desk and on a phone."""

from axe_playwright_python.base import AXE_SCRIPT

EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Darkness changes colors and nothing else.
RULES = {
    "light": {"type": "tag", "values": EVERY_RULE},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
WIDTHS = (1280, 320)
LOOK = """async (rules) => {
    const found = await axe.run({runOnly: rules, resultTypes: ["violations"]});
    const problems = found.violations.flatMap(
        (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
    if (document.documentElement.scrollWidth > innerWidth) problems.push("scrolls sideways");
    return problems;
}"""


class Eyes:
    """Look at what tabs show, and keep every problem with its place."""

    def __init__(self, site):
        self.site = site
        self.problems = []

    def visit(self, tab, addresses):
        """Open each address and look at it."""
        for address in addresses:
            tab.goto(f"{self.site}{address}")
            # What leads elsewhere would let another page be looked at in its place.
            assert tab.url == f"{self.site}{address}"
            self.look(tab, address)

    def look(self, tab, name):
        """Look at the page that is open in all four ways."""
        tab.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 900})
            for scheme, rules in RULES.items():
                # Reduced motion: no color is caught on its way from one to the other.
                tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                found = tab.evaluate(LOOK, rules)
                self.problems += [f"{name} {scheme} {width}: {problem}" for problem in found]
