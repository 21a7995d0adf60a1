// The queue by keyboard: j and k move between rows, o opens, a assigns to me, x marks, Shift+x marks
// from the row marked last to this one, / goes to the search.
const list = document.querySelector("[data-queue]");
const openers = list ? [...list.querySelectorAll(".desk-open")] : [];

const boxes = list ? [...list.querySelectorAll("[name=rows]")] : [];
let lastMarked = -1;

const isTyping = (element) =>
  element.isContentEditable ||
  (["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName) && element.type !== "checkbox");

// Focus stands on a link or a box of a row, so that a screen reader says which one it is.
const current = () => openers.findIndex((link) => link.closest("tr").contains(document.activeElement));

const go = (place) => openers[Math.max(0, Math.min(place, openers.length - 1))]?.focus();

const keys = {
  j: () => go(current() + 1),
  ArrowDown: () => go(current() + 1),
  k: () => go(current() - 1),
  ArrowUp: () => go(current() - 1),
  o: () => openers[current()]?.click(),
  a: () => openers[current()]?.closest("tr").querySelector("[name=take]")?.click(),
  // On a box it would send the form of the marked rows.
  Enter: () => openers[current()]?.click(),
  x: () => {
    const box = boxes[current()];
    box?.focus();
    box?.click();
  },
  X: () => {
    const here = current();
    if (here < 0) return;
    const [first, last] = [lastMarked < 0 ? here : lastMarked, here].sort((a, b) => a - b);
    for (const box of boxes.slice(first, last + 1)) box.checked = true;
    boxes[here].focus();
    lastMarked = here;
  },
  "/": () => {
    const search = document.querySelector(".desk-filters [name=q]");
    search?.closest("details")?.setAttribute("open", "");
    search?.focus();
  },
};

// By whatever key, or by the mouse.
list?.addEventListener("change", (event) => {
  if (boxes.includes(event.target)) lastMarked = boxes.indexOf(event.target);
});

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem("desk-keys") === "off") return;
  const isPlain = !(event.ctrlKey || event.metaKey || event.altKey);
  // Arrows scroll the page until a row has the focus; links and buttons have an Enter of their own.
  const isIdle =
    (event.key.startsWith("Arrow") && current() < 0) ||
    (event.key === "Enter" && !boxes.includes(event.target));
  if (!isPlain || isTyping(event.target) || isIdle || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
