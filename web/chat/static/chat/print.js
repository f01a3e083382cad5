/** Prints one advice alone (browsers save it as PDF from the same dialog), not the page around the chat. */
import { h } from "./dom.js";

const STYLE = `body { font: 12pt/1.5 system-ui, sans-serif; margin: 2cm; } button, .hidden { display: none; }
  .level { font-weight: bold; font-size: 14pt; } svg { display: none; } a { color: inherit; }
  a[href^="http"]::after { content: " (" attr(href) ")"; } .small { font-size: 10pt; }`;

/** Copy the message into a page of its own and open the print dialog. */
export function printAdvice(message) {
  const frame = h("iframe", { class: "print", title: "Advice for printing", "aria-hidden": "true", tabindex: "-1" });
  message.getRootNode().append(frame);
  const page = frame.contentDocument;
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.adoptedStyleSheets = [sheet];
  page.title = "Advice from the chat";
  const copy = page.importNode(message, true);
  for (const details of copy.querySelectorAll("details")) details.open = true;
  const when = new Date().toLocaleString("en-CA", { dateStyle: "long", timeStyle: "short" });
  page.body.append(page.importNode(h("p", { class: "small" }, `From ${location.host}, ${when}`), true), copy);
  frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  frame.contentWindow.print();
}
