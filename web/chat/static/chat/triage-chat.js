/**
 * <triage-chat>: the clinic's assistant on any page. Attributes in, events out, text as text.
 *
 * /chat/embed.js makes it, with `server` (where the chat lives) and `frame` (the words around the talk).
 * Attributes, methods and events: docs/embedding.md
 */
import { format, h, icon, outside, press, printPage } from "./draw.js";
import { outbox, Server } from "./server.js";
import { Talk } from "./talk.js";

const COUNT_LAST = 200; // characters left are shown from here on
const PHONE = matchMedia("(max-width: 480px), (max-height: 480px)");
const OPEN = "triage-chat-open";
const DRAFT = "triage-chat-draft";

class TriageChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" });
    if (!this.frame) throw new Error("<triage-chat> has no words: load it with the script /chat/embed.js");
    await this.#translate();
    this.style.setProperty("--triage-color", this.getAttribute("color"));
    this.talk = new Talk(new Server(this.server), this.frame, (what) => this.#tell(what));
    this.#build();
    await this.#dress();
    if (sessionStorage.getItem(OPEN)) this.#show(); // the page was left or loaded again in the middle of a talk
    else if (outbox.posts.length) this.talk.load();
  }

  /** Show the panel; the cursor goes where the visitor writes, or to the topic that the page asks for. */
  async open({ topic, opener } = {}) {
    this.opener = opener ?? this.launcher;
    this.#show();
    this.input.focus();
    await this.talk.load();
    if (topic) this.talk.suggest([topic], true);
  }

  /** Hide the panel and give the focus back to what opened it. */
  close() {
    this.panel.close();
  }

  async #translate() {
    const language = this.getAttribute("language");
    const answer = language && (await fetch(new URL(`/chat/frame/${language}/`, this.server)).catch(() => null));
    if (answer?.ok) this.frame = await answer.json(); // else English: better than nothing
    const topic = this.getAttribute("topic");
    if (topic) this.frame.start = [topic, ...this.frame.start.filter((name) => name !== topic)];
  }

  /** Fetched, not linked: the page's policy for styles then need not know us. */
  async #dress() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetch(new URL("triage-chat.css", import.meta.url))).text());
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.setAttribute("ready", "");
  }

  #build() {
    const { clinic, language: lang, direction: dir, words, notice, privacy } = this.frame;
    const { log, news, alarm, writing } = this.talk;
    const close = press("close", () => this.close(), icon("close"));
    close.setAttribute("aria-label", words.close);
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", lang, dir,
      onclick: () => (this.panel.open ? this.close() : this.open()) }, icon("chat"), this.getAttribute("label") ?? words.label);
    this.panel = h("dialog", { class: "panel", "aria-labelledby": "title", "aria-describedby": "notice", lang, dir,
      onclose: () => this.#closed(), onkeydown: (event) => event.key === "Escape" && (event.preventDefault(), this.close()) },
      h("div", { class: "bar" }, h("h2", { id: "title" }, words.title.replace("{clinic}", clinic)), close),
      log, news, alarm, writing, this.#buildForm(words),
      h("p", { class: "foot" }, press("plain", () => printPage(this.shadowRoot, words, log.children), words.print_all),
        outside(new URL(privacy, this.server), words.privacy)));
    log.append(h("div", { class: "message assistant notice", id: "notice" }, 
      this.hasAttribute("greeting") ? h("p", {}, this.getAttribute("greeting")) : null, ...format(notice)));
    PHONE.addEventListener("change", () => this.panel.open && this.#show());
    this.shadowRoot.append(this.launcher, this.panel);
    this.#expanded(false);
  }

  #buildForm(words) {
    this.input = h("textarea", { id: "message", rows: 1, autocomplete: "off", dir: "auto", "aria-describedby": "count",
      oninput: () => this.#count(), onkeydown: (event) => this.#enter(event) }, sessionStorage.getItem(DRAFT));
    this.counter = h("p", { id: "count", class: "small", role: "status" });
    return h("form", { onsubmit: (event) => this.#submit(event) },
      h("label", { for: "message" }, words.message),
      h("div", { class: "row" }, this.input, h("button", { class: "send", "aria-label": words.send }, icon("send"))),
      this.counter);
  }

  #submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text || this.input.value.length > this.talk.limit) return;
    this.input.value = "";
    this.#count();
    this.talk.say(text);
  }

  #enter(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
  }

  #count() {
    const left = this.talk.limit - this.input.value.length;
    sessionStorage.setItem(DRAFT, this.input.value);
    this.input.setAttribute("aria-invalid", left < 0);
    this.counter.textContent = left > COUNT_LAST ? "" : this.frame.words[left < 0 ? "over" : "left"].replace("{count}", Math.abs(left));
  }

  #show() {
    const { panel } = this;
    const { activeElement } = this.shadowRoot;
    if (panel.open) panel.removeAttribute("open"); // the screen has changed its size
    else this.#tell("open");
    if (PHONE.matches) panel.showModal();
    else panel.show();
    activeElement?.focus();
    sessionStorage.setItem(OPEN, "1");
    this.#expanded(true);
    this.talk.load();
  }

  #closed() {
    sessionStorage.removeItem(OPEN);
    this.#expanded(false);
    this.opener?.focus();
    this.#tell("close");
  }

  #expanded(is) {
    this.launcher.setAttribute("aria-expanded", is);
  }

  #tell(what) {
    if (what !== "alarm") this.dispatchEvent(new CustomEvent(`triage-chat-${what}`, { bubbles: true, composed: true }));
    else if (!this.panel.open) this.open(); // an emergency is shown even to somebody who has just closed the panel
  }
}

customElements.define("triage-chat", TriageChat);
