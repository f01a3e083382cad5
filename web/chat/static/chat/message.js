/** Draws one message: who speaks, how urgent it is, the words, the sources, print or save. */
import { h, icon } from "./dom.js";
import { format, link, outside } from "./format.js";
import { printAdvice } from "./print.js";

const SPEAKER = { visitor: "You: ", assistant: "Assistant: ", system: "Assistant: " };
// Names of the levels only; what each level tells the visitor to do comes with the message.
const LEVEL = {
  emergency: "Get help now",
  urgent: "See someone today",
  soon: "See someone soon",
  routine: "Not urgent",
  self_care: "Care at home",
};

/** The message as an element for the log. */
export function drawMessage(message) {
  const { author, text = "", metadata, buttons = [] } = message;
  const level = metadata?.type === "advice" && LEVEL[metadata.level] ? metadata.level : null;
  const node = h("div", { class: `message ${author}`, "data-level": level, "data-id": message.id });
  node.append(h("span", { class: "hidden" }, SPEAKER[author] ?? ""));
  if (level) node.append(h("p", { class: "level" }, icon(level), LEVEL[level]));
  node.append(...(author === "visitor" ? [h("p", { class: "said" }, text)] : format(text)));
  const links = buttons.filter(link).map((button) => h("a", { class: "call", href: link(button) }, icon("phone"), button.title));
  if (links.length) node.append(h("p", { class: "calls" }, ...links));
  const grounds = metadata ? drawGrounds(metadata) : null;
  if (grounds) node.append(grounds);
  if (level) {
    node.append(h("button", { type: "button", class: "quiet", onclick: () => printAdvice(node) }, "Print or save"));
  }
  return node;
}

function drawGrounds({ type, reasons = [], sources = [], reviewed }) {
  if (!reasons.length && !sources.length) return null;
  const lines = reasons.map(drawReason);
  if (sources.length) lines.push(h("p", {}, "Sources:"), h("ul", {}, ...sources.map(drawSource)));
  if (reviewed) lines.push(h("p", { class: "small" }, `Reviewed ${reviewed}`));
  return h("details", {}, h("summary", {}, type === "advice" ? "Why this answer?" : "Sources"), ...lines);
}

function drawReason({ because, words = [] }) {
  const said = [words].flat().filter(Boolean).map((one) => `“${one}”`).join(", ");
  return h("p", {}, because ?? "", said ? ` You wrote: ${said}.` : null);
}

function drawSource(source) {
  const { title, url } = typeof source === "string" ? { title: source } : source;
  return h("li", {}, /^https?:/.test(url ?? "") ? outside(url, title ?? url) : (title ?? ""));
}
