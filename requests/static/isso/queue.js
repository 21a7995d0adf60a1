// The queue by keyboard: j and k move between rows, o opens, a assigns to me, / goes to the search.
const list = document.querySelector("[data-queue]");
const openers = list ? [...list.querySelectorAll(".desk-open")] : [];

const isTyping = (element) =>
  element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);

// Focus stands on the link of a row, so that a screen reader says which one it is.
const current = () => openers.findIndex((link) => link.closest("tr").contains(document.activeElement));

const go = (place) => openers[Math.max(0, Math.min(place, openers.length - 1))]?.focus();

const keys = {
  j: () => go(current() + 1),
  ArrowDown: () => go(current() + 1),
  k: () => go(current() - 1),
  ArrowUp: () => go(current() - 1),
  o: () => openers[current()]?.click(),
  a: () => openers[current()]?.closest("tr").querySelector("[name=take]")?.click(),
  "/": () => {
    const search = document.querySelector(".desk-filters [name=q]");
    search?.closest("details")?.setAttribute("open", "");
    search?.focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem("desk-keys") === "off") return;
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  // Arrows scroll the page until a row has the focus.
  const isIdle = event.key.startsWith("Arrow") && current() < 0;
  if (!isPlain || isTyping(event.target) || isIdle || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
