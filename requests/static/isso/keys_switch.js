// Lets people who speak to their computer, or press keys by accident, turn the single keys of the
// desk off (WCAG 2.1.4); this browser remembers it.
const NAME = "desk-keys";

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const write = () => {
    const areOff = localStorage.getItem(NAME) === "off";
    button.textContent = areOff ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => {
    if (localStorage.getItem(NAME) === "off") localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, "off");
    write();
  });
  button.hidden = false;
  write();
}
