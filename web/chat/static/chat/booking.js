/** The booking hand-off inside the chat: open times, contact details in a real form, the reference number. */
import { h } from "./dom.js";
import { format, outside } from "./format.js";

const FIELDS = [
  { name: "name", label: "Your name", autocomplete: "name", required: true },
  { name: "phone", label: "Phone", autocomplete: "tel", type: "tel", hint: "A phone number or an e-mail address is enough." },
  { name: "email", label: "E-mail", autocomplete: "email", type: "email" },
  { name: "note", label: "Anything the clinic should know (optional)", autocomplete: "off", long: true },
];
const DAYS_SHOWN = 4;
const HOLD_AGAIN = 240_000; // milliseconds: the server holds a time for ten minutes

/** Load the hand-off into `place`; on a failure say so and offer to try again. */
export async function drawBooking(place, server, handoff, help) {
  const path = `/chat/booking/${encodeURIComponent(handoff)}/`;
  try {
    const booking = await server.get(path);
    place.replaceChildren(...(booking.booking ? receipt(booking.booking) : [form(place, server, path, booking, help)]));
  } catch (error) {
    const again = () => drawBooking(place, server, handoff, help);
    place.replaceChildren(...format(error.sentence ?? `The open times could not be loaded. ${help}`),
      h("button", { type: "button", class: "quiet", onclick: again }, "Try again"));
  }
}

function form(place, server, path, { state, slots = [], message, consent: words, external, visit }, help) {
  if (external) return h("div", {}, ...format(message), h("p", {}, outside(external, "Go to the clinic's booking page")));
  if (state !== "open" || !slots.length) return h("div", {}, ...format(message || "No times are open at the moment."));
  const problem = h("div", { class: "problem", role: "alert", tabindex: "-1" });
  const node = h("form", { novalidate: true, "aria-label": "Book a consultation" },
    h("p", {}, visit), ...(message ? format(message) : []), times(slots), ...FIELDS.map(field), consent(words), problem, h("button", { class: "main" }, "Ask for this time"));
  node.addEventListener("change", ({ target }) => target.name === "slot" && hold(node, server, path, Number(target.value)));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send(place, node, problem, server, path, help);
  });
  return node;
}

/** Keep the chosen time for this visitor while the form is open, and again every few minutes. */
async function hold(node, server, path, slot) {
  clearTimeout(node.holding);
  if (!node.isConnected) return;
  try {
    await server.post(`${path}hold/`, { slot });
    node.holding = setTimeout(() => hold(node, server, path, slot), HOLD_AGAIN);
  } catch (error) {
    if (error.body?.slots) offerOthers(node, error.body); // without a network the form itself will say so
  }
}

function offerOthers(node, { slots, message }) {
  node.querySelector("fieldset").replaceWith(times(slots)); // somebody was faster
  explain(node, { slot: message });
}

function times(slots) {
  const days = new Map();
  for (const slot of slots) days.set(dayOf(slot), [...(days.get(dayOf(slot)) ?? []), slot]);
  const groups = [...days].map(([day, open]) => h("div", { class: "day", role: "group", "aria-label": day }, h("p", {}, day), ...open.map(time)));
  const later = groups.slice(DAYS_SHOWN);
  const more = later.length ? h("details", {}, h("summary", {}, "Show later days"), ...later) : null;
  return h("fieldset", { "aria-describedby": "error-slot" }, h("legend", {}, "Choose a time"),
    h("p", { class: "error", id: "error-slot" }), ...groups.slice(0, DAYS_SHOWN), more);
}

// The server says the times: it knows the clinic's clock, the visitor's device may stand elsewhere.
const dayOf = ({ label }) => label.slice(0, label.lastIndexOf(", "));
const clock = ({ label }) => label.slice(label.lastIndexOf(", ") + 2);

function time(slot) {
  return h("label", { class: "time" }, h("input", { type: "radio", name: "slot", value: slot.id }), clock(slot));
}

function field({ name, label, autocomplete, type = "text", hint, long, required }) {
  const described = `error-${name}${hint ? ` hint-${name}` : ""}`;
  const box = h(long ? "textarea" : "input", { id: `booking-${name}`, name, autocomplete, type: long ? null : type,
    rows: long ? 2 : null, "aria-describedby": described, "aria-required": required ? "true" : null });
  return h("div", { class: "field" }, h("label", { for: box.id }, label), hint ? h("p", { class: "small", id: `hint-${name}` }, hint) : null,
    box, h("p", { class: "error", id: `error-${name}` }));
}

function consent(words) {
  return h("div", { class: "field" }, h("label", { class: "time" },
    h("input", { type: "checkbox", name: "consent", id: "booking-consent", "aria-describedby": "error-consent" }),
    words),
  h("p", { class: "error", id: "error-consent" }));
}

async function send(place, node, problem, server, path, help) {
  const details = Object.fromEntries(new FormData(node));
  try {
    const booked = await server.post(path, { ...details, consent: details.consent === "on" });
    place.replaceChildren(...receipt(booked));
    place.setAttribute("tabindex", "-1");
    place.focus();
  } catch (error) {
    const { fields = {}, slots, message } = error.body ?? {};
    if (slots) offerOthers(node, error.body);
    else explain(node, fields);
    problem.replaceChildren(...format(message ?? `The request has not been sent. What you wrote is kept. ${help}`));
    (node.querySelector('[aria-invalid="true"]') ?? problem).focus();
  }
}

function explain(node, errors) {
  for (const line of node.querySelectorAll(".error")) {
    const name = line.id.replace("error-", "");
    line.textContent = [errors[name] ?? []].flat().join(" ");
    for (const box of node.querySelectorAll(`[name=${name}]`)) {
      if (line.textContent) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
    }
  }
}

function receipt({ reference, label, message, manage, tell = [] }) {
  return [h("p", {}, h("strong", {}, "Your request is with the clinic.")), label ? h("p", {}, `Time asked for: ${label}`) : null,
    h("p", {}, "Reference number:", h("strong", { class: "reference" }, reference)), ...(message ? format(message) : []),
    manage ? h("p", {}, h("a", { href: manage, target: "_blank", rel: "noopener" }, "See, change or cancel it")) : null,
    tell.length ? h("p", {}, "Before a treatment, tell the clinic about:") : null,
    tell.length ? h("ul", {}, ...tell.map((one) => h("li", {}, one))) : null].filter(Boolean);
}
