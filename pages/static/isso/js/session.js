// Warns two minutes before a session ends, on our pages and in Wagtail's admin alike. Without this
// file the session ends all the same, and the server keeps what a form then posts.

const WARN = 120;
const RETRY = 15;
// setTimeout counts wrong beyond 24 days.
const LONGEST = 2_000_000;

function watch(box) {
  const address = box.dataset.session;
  const part = (name) => box.querySelector(`[data-session-${name}]`);
  const tabs = new BroadcastChannel("isso-session");
  let timer;

  const wait = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.min(Math.max(seconds, 1), LONGEST) * 1000);
  };
  /** Show one sentence with the button that helps; none hides the message. */
  const say = (name) => {
    for (const each of box.querySelectorAll("[data-session-says]"))
      each.hidden = each.dataset.sessionSays !== name;
    part("stay").hidden = !["soon", "failed"].includes(name);
    part("again").hidden = name !== "ended";
    box.hidden = !name;
  };
  /** Follow what the server says, which another tab may have changed meanwhile. */
  const follow = ({ seconds, can_stay }) => {
    if (seconds > WARN + 1) {
      say();
      wait(seconds - WARN);
    } else if (seconds > 0) {
      say(can_stay ? "soon" : "last");
      wait(seconds + 1);
    } else {
      say("ended");
      clearTimeout(timer);
    }
  };
  async function status(options) {
    const answer = await fetch(address, options);
    if (!answer.ok && answer.status !== 401) throw new Error(answer.status);
    return answer.json();
  }
  async function ask() {
    await status().then(follow, () => wait(RETRY));
  }
  async function stay() {
    try {
      const { token } = await status();
      const body = new URLSearchParams({ csrfmiddlewaretoken: token ?? "" });
      const told = token ? await status({ method: "POST", body }) : { seconds: 0 };
      follow(told);
      tabs.postMessage(told);
    } catch {
      say("failed");
    }
  }

  part("again").href =
    `${box.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search)}`;
  part("stay").addEventListener("click", stay);
  part("close").addEventListener("click", () => (box.hidden = true));
  tabs.addEventListener("message", (event) => follow(event.data));
  // A computer that slept counts no seconds; a page from the browser's memory is an old one.
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  window.addEventListener("pageshow", (event) => event.persisted && ask());

  if (box.dataset.seconds) wait(Number(box.dataset.seconds) - WARN);
  else ask();
}

document.querySelectorAll("[data-session]").forEach(watch);
