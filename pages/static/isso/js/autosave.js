// Saves a page of a request while somebody types: <form data-autosave="address">. Without this
// file the Save button does. Words come from the server and the page, so they are translated.

const RETRY = 15_000;
const STALE = 60_000;

/** Change only rows that differ: a screen reader says those. */
function show(panel, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  const old = panel.querySelectorAll("div");
  const rows = fresh.querySelectorAll("div");
  if (old.length !== rows.length) panel.replaceChildren(fresh.querySelector("dl"));
  else rows.forEach((row, at) => row.isEqualNode(old[at]) || old[at].replaceWith(row));
}

function keepSaving(form) {
  const address = form.dataset.autosave;
  const panel = document.querySelector("[data-autosave-panel]");
  const says = form.querySelector("[data-autosave-says]");
  let timer, busy, stopped, signedOut;
  let dirty = false;
  let heard = Date.now();

  const tell = (sentence, fine) => {
    says.textContent = sentence;
    says.className = fine ? "muted" : "error";
  };
  const soon = (wait = panel ? 1_000 : 3_000) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), wait);
  };
  // Files are sent by their own buttons.
  const typed = () =>
    new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  /** Send what changed; `leaving` lets the browser finish after the page has gone. */
  async function save(leaving = false, renewed = false) {
    clearTimeout(timer);
    if (!dirty || busy || stopped) return;
    busy = true;
    dirty = false;
    try {
      const answer = await fetch(address, { method: "POST", body: typed(), keepalive: leaving });
      heard = Date.now();
      if (answer.status === 403 && !renewed) {
        // Somebody signed in in another tab, which changed the token of this page.
        dirty = true;
        busy = false;
        return renew();
      }
      const { sentence, seen, rows } = await answer.json();
      tell(sentence, answer.ok);
      if (rows) show(panel, rows);
      signedOut = answer.status === 401;
      stopped = answer.status === 409;
      if (answer.ok) form.elements.seen.value = seen;
      else dirty = true;
      if (answer.ok && !dirty) form.dispatchEvent(new Event("saved"));
      else if (answer.ok) soon();
    } catch {
      dirty = true;
      tell(form.dataset.offline, false);
      soon(RETRY);
    }
    busy = false;
  }

  /** Ask whether the session lives, and take its token, so that Save goes through. */
  async function renew() {
    const answer = await fetch(address).catch(() => null);
    const { token, sentence } = (await answer?.json().catch(() => null)) ?? {};
    if (!answer) return;
    heard = Date.now();
    signedOut = answer.status === 401;
    if (token) form.elements.csrfmiddlewaretoken.value = token;
    else if (sentence) tell(sentence, false);
    if (token && dirty) save(false, true);
  }

  form.addEventListener("input", () => {
    dirty = true;
    soon();
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", (event) => event.persisted && (stopped = false));
  window.addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => document.hidden && save(true));
  window.addEventListener("focus", () => (signedOut || Date.now() - heard > STALE) && renew());
  if ("givenBack" in form.dataset) {
    dirty = true;
    soon();
  }
}

/** How many there are is shown at once: <div data-press-on-change> holds the choice and its button. */
function pressOnChange(row) {
  row.addEventListener("change", () => row.querySelector("button").click());
}

document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
document.querySelectorAll("[data-press-on-change]").forEach(pressOnChange);
