/** The booking form inside the chat. */
import { format, h, press } from "./draw.js";

const DAYS_SHOWN = 4;
const HOLD_AGAIN = 240_000; // milliseconds: the server holds a time for ten minutes

/** Load the hand-off into `place`; on a failure say so and offer to try again. */
export async function drawBooking(place, server, handoff, help) {
  const path = `/chat/booking/${encodeURIComponent(handoff)}/`;
  try {
    const state = await server.get(path);
    place.replaceChildren(...(state.booking ? receipt(state.booking) : form(place, server, path, state, help)));
  } catch (error) {
    place.replaceChildren(...format(error.body?.shown ?? [["p", {}, "The open times could not be loaded."], ...help]),
      press("quiet", () => drawBooking(place, server, handoff, help), "Try again"));
  }
}

function form(place, server, path, { state, slots, shown, fields, consent }, help) {
  if (state !== "open" || !slots.length) return format(shown);
  const problem = h("div", { class: "problem", role: "alert", tabindex: "-1" });
  const submit = (event) => (event.preventDefault(), send(place, event.currentTarget, problem, server, path, help));
  const choose = ({ target, currentTarget }) => target.name === "slot" && hold(currentTarget, server, path, Number(target.value));
  return [h("form", { novalidate: "", "aria-label": "Book a consultation", onsubmit: submit, onchange: choose }, ...format(shown), times(slots), ...fields.map(field), agreement(consent), problem, h("button", { class: "main" }, "Ask for this time"))];
}

/** Keep the chosen time for this visitor while the form is open. */
async function hold(node, server, path, slot) {
  clearTimeout(node.holding);
  if (!node.isConnected) return;
  try {
    await server.post(`${path}hold/`, { slot });
    node.holding = setTimeout(() => hold(node, server, path, slot), HOLD_AGAIN);
  } catch ({ body }) {
    if (body?.slots) offerOthers(node, body); // without a network the form itself will say so
  }
}

function offerOthers(node, { slots, message, fields }) {
  node.querySelector("fieldset").replaceWith(times(slots)); // somebody was faster
  explain(node, { slot: message, ...fields });
}

// In the clinic's time, as the server says it.
function times(slots) {
  const days = new Map();
  for (const { id, label } of slots) {
    const [day, clock] = label.split(/, (?=[^,]*$)/);
    if (!days.has(day)) days.set(day, h("div", { class: "day", role: "group", "aria-label": day }, h("p", {}, day)));
    days.get(day).append(h("label", { class: "time" }, h("input", { type: "radio", name: "slot", value: id, "aria-describedby": "error-slot" }), clock));
  }
  const groups = [...days.values()];
  const later = groups.splice(DAYS_SHOWN);
  return h("fieldset", {}, h("legend", {}, "Choose a time"), h("p", { class: "error", id: "error-slot" }), ...groups,
    later.length ? h("details", {}, h("summary", {}, "Show later days"), ...later) : null);
}

function field({ label, hint, required, ...attributes }) {
  const { name, rows } = attributes;
  const id = `booking-${name}`;
  return h("div", { class: "field" }, h("label", { for: id }, label), h("p", { class: "small", id: `hint-${name}` }, hint),
    h(rows ? "textarea" : "input", { id, "aria-required": required, "aria-describedby": `error-${name} hint-${name}`, ...attributes }),
    h("p", { class: "error", id: `error-${name}` }));
}

function agreement(words) {
  const box = h("input", { type: "checkbox", name: "consent", id: "booking-consent", "aria-describedby": "error-consent" });
  return h("div", { class: "field" }, h("label", { class: "time" }, box, words), h("p", { class: "error", id: "error-consent" }));
}

async function send(place, node, problem, server, path, help) {
  const details = Object.fromEntries(new FormData(node));
  try {
    place.replaceChildren(...receipt(await server.post(path, { ...details, consent: details.consent === "on" })));
    place.setAttribute("tabindex", "-1");
    place.focus();
  } catch ({ body = {} }) {
    const { fields = {}, slots, message, shown } = body;
    if (slots) offerOthers(node, body);
    else explain(node, fields);
    problem.replaceChildren(...format(shown ?? [["p", {}, message ?? "The request has not been sent. What you wrote is kept."], ...help]));
    (node.querySelector('[aria-invalid="true"]') ?? problem).focus();
  }
}

function explain(node, errors) {
  for (const line of node.querySelectorAll(".error")) {
    const name = line.id.replace("error-", "");
    line.textContent = [errors[name] ?? []].flat().join(" ");
    for (const box of node.querySelectorAll(`[name=${name}]`)) box.setAttribute("aria-invalid", line.textContent !== "");
  }
}

function receipt({ reference, label, shown }) {
  return [h("p", {}, h("strong", {}, "Your request is with the clinic.")), h("p", {}, `Time asked for: ${label}`),
    h("p", {}, "Reference number:", h("strong", { class: "reference" }, reference)), ...format(shown)];
}
