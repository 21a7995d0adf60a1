// Small comforts. Every page works without this file; each function looks for its own hook
// and does nothing when the page has none. Words come from the page, so they are translated.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Bring a screen reader and the eye to what went wrong. */
function focusErrorSummary() {
  document.querySelector("[data-error-summary]")?.focus();
}

/** Follow an error link to its control, not just to its place on the page. */
function focusLinkedFields() {
  for (const link of all("[data-error-summary] a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const control = document.getElementById(link.hash.slice(1));
      if (!control) return;
      event.preventDefault();
      (control.closest(".field") ?? control).scrollIntoView();
      control.focus({ preventScroll: true });
    });
  }
}

/** Stand the menu open on wide screens in browsers that cannot do so by style alone. */
function openMenuOnWideScreens() {
  if (CSS.supports("selector(::details-content)")) return;
  const wide = matchMedia("(min-width: 56rem)");
  const follow = () => all("details.menu").forEach((menu) => (menu.open = wide.matches));
  wide.addEventListener("change", follow);
  follow();
}

/** Keep "Open now" right in a tab that stays open: each minute, and when the tab is looked at. */
function keepHoursRight() {
  for (const line of all("[data-hours]")) {
    const spans = JSON.parse(line.dataset.hours).map((pair) => pair.map((at) => new Date(at)));
    const write = (options, language = document.documentElement.lang) =>
      new Intl.DateTimeFormat(language, { timeZone: line.dataset.zone, ...options });
    const clock = write({ hour: "numeric", minute: "2-digit" });
    const weekday = write({ weekday: "long" });
    const day = write({ weekday: "long", month: "long", day: "numeric" });
    const iso = write({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
    const part = (name) => line.querySelector(`[data-hours-${name}]`);
    const time = (at) => clock.format(at).toLowerCase();
    const when = (at, now) => {
      const days = Math.round((Date.parse(iso.format(at)) - Date.parse(iso.format(now))) / 864e5);
      if (days === 0) return time(at);
      return days < 7 ? `${weekday.format(at)} ${time(at)}` : `${day.format(at)}, ${time(at)}`;
    };
    const refresh = () => {
      const now = new Date();
      const [opens, closes] = spans.find(([, closes]) => now < closes) ?? [];
      const open = opens <= now;
      part("open").hidden = !open;
      part("closed").hidden = open;
      part("day").textContent = day.format(now);
      part("detail").textContent = open
        ? line.dataset.until.replace("{time}", time(closes))
        : opens ? line.dataset.opens.replace("{time}", when(opens, now)) : "";
      for (const said of all("[data-today]")) said.hidden = said.dataset.today !== iso.format(now);
    };
    refresh();
    setInterval(refresh, 60_000);
    document.addEventListener("visibilitychange", refresh);
  }
}

/**
 * Show a question only when an earlier answer asks for it: data-show-if="field=value|value". What
 * hangs on a hidden question is hidden with it.
 */
function revealDependentQuestions() {
  for (const control of all("[data-show-if]")) {
    const row = control.closest(".field, [data-field-wrapper]") ?? control;
    const form = control.form ?? control.closest("form");
    if (!form || row.dataset.follows || row.classList.contains("field--bad")) continue;
    row.dataset.follows = "yes";
    const [name, wanted = ""] = control.dataset.showIf.split("=");
    const values = wanted.split("|");
    const follow = () => {
      const answered = new FormData(form).getAll(name).some((value) => values.includes(value));
      row.hidden = !answered || form.querySelector(`[hidden] [name="${name}"]`) !== null;
    };
    form.addEventListener("change", follow);
    follow();
  }
}

/** Warn before leaving a form whose answers are not sent: <form data-warn-unsaved>. */
function warnAboutUnsavedChanges() {
  for (const form of all("form[data-warn-unsaved]")) {
    let changed = false;
    form.addEventListener("input", () => (changed = true));
    for (const done of ["submit", "saved"]) form.addEventListener(done, () => (changed = false));
    window.addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });
  }
}

/** Send a form once: <form data-once>. Buttons stay enabled, so that the pressed one is sent along. */
function sendOnce() {
  for (const form of all("form[data-once]")) {
    const mark = (sent) => {
      form.dataset.sent = sent ? "yes" : "";
      all("button:not([type=button])", form).forEach((b) => b.setAttribute("aria-disabled", sent));
    };
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      else mark(true);
    });
    // The page may come back from the browser's memory with the back button.
    window.addEventListener("pageshow", (event) => event.persisted && mark(false));
  }
}

/** Copy a text to the clipboard: <button data-copy="text" data-copied="Copied" hidden>. */
function copyLinks() {
  if (!navigator.clipboard) return;
  for (const button of all("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied ?? button.textContent;
    });
  }
}

/** Open the folded answer that the address names. */
function openLinkedAnswer() {
  const open = () => document.querySelector("details:target")?.setAttribute("open", "");
  window.addEventListener("hashchange", open);
  open();
}

/** Print folded answers, too, except masked numbers. */
function openDetailsForPrint() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = all("main details:not([open], .masked)");
    opened.forEach((details) => (details.open = true));
  });
  window.addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
}

focusErrorSummary();
focusLinkedFields();
openMenuOnWideScreens();
keepHoursRight();
revealDependentQuestions();
warnAboutUnsavedChanges();
sendOnce();
copyLinks();
openLinkedAnswer();
openDetailsForPrint();
