// A case by keyboard. Each link with a data-key is pressed by that key and each field with one gets
// the focus, never while somebody types; Ctrl and Enter do what the page is for, also from a field.
const isTyping = (element) =>
  element.isContentEditable || ["INPUT", "SELECT", "TEXTAREA"].includes(element.tagName);

document.addEventListener("keydown", (event) => {
  const isWithControl = event.ctrlKey || event.metaKey;
  if (isWithControl && event.key === "Enter") {
    document.querySelector("[data-submit]")?.click();
    return;
  }
  if (localStorage.getItem("desk-keys") === "off") return;
  const isPlain = !isWithControl && !event.altKey && !event.repeat && event.key.length === 1;
  if (!isPlain || isTyping(event.target)) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!named) return;
  event.preventDefault();
  if (isTyping(named)) named.focus();
  else named.click();
});
