// Keyboard shortcuts, copying, printing, and what htmx leaves to us. All of it is extra: every page works without.
const $ = (selector) => document.querySelector(selector);
const KEYS_OFF = "console-keys-off";
const rows = () => [...document.querySelectorAll(".rows a, .turn")];

function isTyping(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function step(by) {
  const all = rows();
  const here = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)];
  if (!next) return;
  if (!next.matches("a")) next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// On the list, r, f, c and a act on the row that has the focus.
function actOnRow(name, value) {
  const row = document.activeElement.closest?.(".rows a[data-act]");
  const form = $("#quick");
  if (!row || !form) return false;
  form.action = row.dataset.act;
  form.elements.version.value = row.dataset.version;
  form.elements.seen.value = row.dataset.seen;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
  form.submit();
  return true;
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (isTyping(target)) target.focus();
  else target.click();
  return true;
}

const STATES = { r: "reviewed", f: "follow_up", c: "closed" };

function act(key) {
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "o") document.activeElement.closest?.(".rows a")?.click();
  else if (key === "/") {
    const box = $("#q");
    if (box) box.focus();
    else location.assign($("[data-list]").href + "?view=all#q");
  } else if (key === "x" && $(".rows a")) $(".rows a").click();
  else if (STATES[key]) return actOnRow("state", STATES[key]) || press(key);
  else if (key === "a") return actOnRow("assigned_to", $("#keys").dataset.me) || press(key);
  else return press(key);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || $("dialog[open]") || localStorage.getItem(KEYS_OFF)) return;
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if ("prints" in button.dataset) window.print();
  if (button.dataset.copies) await copy(document.getElementById(button.dataset.copies).value, button);
  if ("copiesAddress" in button.dataset) await copy(location.href, button);
});

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const box = document.getElementById(button.dataset.copies);
    box?.classList.remove("hidden");
    box?.removeAttribute("aria-hidden");
    box?.select();
    button.textContent = "Press Ctrl+C to copy";
  }
}

const toggle = $("#keys-on");
if (toggle) {
  toggle.checked = !localStorage.getItem(KEYS_OFF);
  toggle.addEventListener("change", () =>
    toggle.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1"),
  );
}

// A form that was sent shows so, and is not sent twice.
document.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  setTimeout(() => event.target.querySelectorAll("button").forEach((one) => (one.disabled = true)));
});
window.addEventListener("pageshow", () =>
  document.querySelectorAll("form button[disabled]").forEach((one) => {
    one.disabled = false;
    one.removeAttribute("aria-busy");
  }),
);

// The live part of a transcript: a turn that was there before is replaced, and screen readers hear of a new one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target.id !== "live" || !event.detail.xhr.responseText) return;
  const fresh = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  fresh.querySelectorAll(".turn[id]").forEach((turn) => document.getElementById(turn.id)?.remove());
  const status = $("#live-status");
  if (status) status.textContent = "A new message has come.";
  const seen = event.detail.xhr.getResponseHeader("X-Newest");
  if (seen) document.querySelectorAll("input[name=seen]").forEach((one) => (one.value = seen));
});
