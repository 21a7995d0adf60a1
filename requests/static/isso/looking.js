// Says once a minute that a case is open in a tab that is looked at, and shows who else has it
// open and whether it changed. Without this file the page tells it when it is opened.

const form = document.querySelector("[data-looking]");
const answer = document.querySelector("[data-looking-answer]");

async function ask() {
  if (document.hidden) return;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (!response.ok || response.redirected) return;
    const lines = (await response.text()).trim();
    // A screen reader speaks only when something else stands there.
    if (lines !== answer.innerHTML.trim()) answer.innerHTML = lines;
  } catch {
    // The network is away; the next minute asks again.
  }
}

if (form && answer) {
  setInterval(ask, 60_000);
  document.addEventListener("visibilitychange", ask);
}
