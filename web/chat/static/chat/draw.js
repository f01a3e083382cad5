/** Draws elements, texts and messages, and prints them. No innerHTML: what a visitor or a server wrote stays text. */

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4V6z",
  close: "m5 6 1-1 6 6 6-6 1 1-6 6 6 6-1 1-6-6-6 6-1-1 6-6z",
  send: "m3 4 19 8-19 8v-6l12-2-12-2z",
  phone: "M7 3 3 5c0 9 7 16 16 16l2-4-5-3-2 2c-3-1-5-3-6-6l2-2z",
  emergency: "M8 2h8l6 6v8l-6 6H8l-6-6V8zm3 4v8h2V6zm0 10v2h2v-2z",
  urgent: "M12 2 1 21h22zm-1 7v6h2V9zm0 8v2h2v-2z",
  soon: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1 4h2v5l4 3-1 2-5-3z",
  routine: "M3 4h4V2h2v2h6V2h2v2h4v18H3zm2 6v10h14V10z",
  self_care: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-2 15-4-4 1-2 3 3 6-6 1 2z",
};
const PRINTED = `body { font: 12pt/1.5 sans-serif; margin: 2cm; } button, svg, .choices, .booking { display: none; } p { margin: 0 0 4pt; }
  .message { margin: 0 0 12pt; } .hidden, .level { font-weight: bold; } [data-level] { border: 2pt solid; padding: 8pt; } a { color: inherit; }
  details a::after { content: " (" attr(href) ")"; } table { border-collapse: collapse; } th, td { border: 1pt solid; padding: 4pt; }`;
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Make an element: attributes by name, `onclick` style listeners, children as nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** Make a button that does something. */
export function press(name, onclick, ...children) {
  return h("button", { type: "button", class: name, onclick }, ...children);
}

/** Draw one icon; the words beside it carry the meaning. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}

/** A link to a new tab that tells the other site nothing. */
export function outside(href, title) {
  return h("a", { href, rel: "noopener noreferrer", target: "_blank" }, title);
}

/** Build what the server has formatted: texts, and [tag, attributes, ...inner]. */
export function format(nodes) {
  return nodes.map((node) => (typeof node === "string" ? node : h(node[0], node[1], ...format(node.slice(2)))));
}

/** The message as an element for the log. */
export function drawMessage({ author, text, shown, metadata, buttons = [] }, { words, levels, language, direction }) {
  const { type, drawing, level: given } = metadata ?? {};
  const level = type === "advice" && levels[given] ? given : null;
  const mine = author === "visitor";
  const node = h("div", { class: `message ${author}`, "data-level": level, lang: mine ? null : "en", dir: mine ? "auto" : "ltr" },
    h("span", { class: "hidden" }, `${mine ? words.you : words.assistant}: `));
  if (level) node.append(h("p", { class: "level", lang: language, dir: direction }, icon(level), levels[level]));
  if (mine) node.append(h("p", { class: "said" }, text));
  else node.append(...(type === "comparison" ? [drawTable(metadata)] : format(shown)));
  const calls = buttons.filter(({ href }) => href).map(({ href, title }) => h("a", { class: "call", href }, icon("phone"), title));
  if (calls.length) node.append(h("p", { class: "calls" }, ...calls));
  if (drawing) node.append(h("img", { src: asset(drawing.name), alt: drawing.alt, width: 340, height: 220 }));
  if (metadata) node.append(...drawGrounds(metadata, words));
  if (level) node.append(press("quiet", () => printPage(node.getRootNode(), words, [node]), words.print));
  return node;
}

function asset(name) {
  return new URL(`drawings/${name}.svg`, import.meta.url);
}

function drawTable({ title, columns = [], rows = [] }) {
  const cell = (text, place) => h(place ? "td" : "th", place ? {} : { scope: "row" }, text);
  return h("table", {}, h("caption", {}, title),
    h("thead", {}, h("tr", {}, ...columns.map((name) => (name ? h("th", { scope: "col" }, name) : h("td"))))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell)))));
}

function drawGrounds({ type, reasons = [], sources = [], reviewed }, words) {
  const lines = reasons.map(({ because = "", words: said = [] }) => {
    const quotes = [said].flat().map((one) => `“${one}”`).join(", ");
    return h("p", {}, because, quotes && ` ${words.wrote} ${quotes}.`);
  });
  if (sources.length) lines.push(h("p", {}, words.sources), h("ul", {}, ...sources.map(drawSource)));
  if (reviewed) lines.push(h("p", { class: "small" }, words.reviewed.replace("{date}", reviewed)));
  return sources.length + reasons.length ? [h("details", {}, h("summary", {}, type === "advice" ? words.why : words.sources), ...lines)] : [];
}

function drawSource(source) {
  const { title, url } = source.title ? source : { title: source };
  return h("li", {}, /^https?:/.test(url) ? outside(url, title) : title);
}

/** Put the map of the body before the answers to "where?": one stop for the Tab key, arrow keys from place to place. */
export async function drawMap(answers, label, say) {
  const file = await fetch(asset("body")).then((answer) => answer.text());
  const map = new DOMParser().parseFromString(file, "image/svg+xml").documentElement;
  const places = [...map.querySelectorAll("a")];
  const choose = (event) => (event.preventDefault(), say(event.target.closest("a").dataset.say));
  for (const place of places) place.addEventListener("click", choose);
  map.addEventListener("keydown", (event) => {
    if (event.key === " ") choose(event);
    if (!STEPS[event.key]) return;
    event.preventDefault();
    const next = places.at((places.indexOf(event.target) + STEPS[event.key]) % places.length);
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
  map.setAttribute("aria-label", label);
  answers.prepend(h("p", { class: "small" }, label), map);
}

/** Print copies of the nodes in a page of its own inside `root`; browsers save it as PDF, too. */
export function printPage(root, words, nodes) {
  const frame = h("iframe", { class: "print", title: words.print, "aria-hidden": "true", tabindex: "-1" });
  root.append(frame);
  const { contentDocument: page, contentWindow: view } = frame;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(PRINTED);
  page.adoptedStyleSheets = [sheet];
  page.title = words.conversation;
  const date = new Date().toLocaleString("en-CA", { dateStyle: "long", timeStyle: "short" });
  const head = h("p", {}, words.printed.replace("{place}", location.host).replace("{date}", date));
  page.body.append(...[head, ...nodes].map((node) => page.importNode(node, true)));
  for (const details of page.querySelectorAll("details")) details.open = true;
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  view.print();
}
