/**
 * <triage-chat>: the clinic's assistant on any page. Attributes in, events out, text as text.
 *
 * Attributes: `clinic` (name), `label` (of the button), `notice` and `help` (words of the clinic, required), `privacy`
 * (address of the privacy page), `suggestions` (first messages to choose from, divided by "|"), `server` (where the chat
 * lives; this script's own origin when absent), `open`.
 * Events: "triage-chat-open", "triage-chat-close", "triage-chat-answered". They carry no words of the visitor.
 */
import { h, icon } from "./dom.js";
import { format, link } from "./format.js";
import { drawMessage } from "./message.js";
import { Server } from "./server.js";

const COUNT_LAST = 200; // characters left are shown from here on
const UNSENT = "triage-chat-unsent";
const PHONE_SCREEN = "(max-width: 480px), (max-height: 480px)";

class TriageChat extends HTMLElement {
  #queue = Promise.resolve();
  #loaded = false;
  #limit = 2000; // until the server has said its own

  connectedCallback() {
    if (this.shadowRoot) return;
    for (const name of ["notice", "help"]) {
      if (!this.getAttribute(name)) {
        throw new Error(`<triage-chat>: the attribute '${name}' is missing. Write it as in the demo page: it is safety text.`);
      }
    }
    this.server = new Server(this.getAttribute("server") ?? new URL(import.meta.url).origin);
    this.#build();
    if (this.hasAttribute("open")) this.open();
  }

  /** Show the panel, load the conversation once, and put the cursor where the visitor writes. */
  async open() {
    const phone = matchMedia(PHONE_SCREEN).matches;
    if (this.panel.open) return;
    this.opener = [this, document.body].includes(document.activeElement) ? this.launcher : document.activeElement;
    if (phone) this.panel.showModal();
    else this.panel.show();
    this.launcher.setAttribute("aria-expanded", "true");
    this.setAttribute("open", "");
    this.input.focus();
    this.#tell("open");
    if (!this.#loaded) await this.#load();
  }

  /** Hide the panel and give the focus back to what opened it. */
  close() {
    this.panel.close();
  }

  #build() {
    const clinic = this.getAttribute("clinic") ?? "the clinic";
    const label = this.getAttribute("label") ?? "Ask about milia";
    this.launcher = h("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false",
      onclick: () => (this.panel.open ? this.close() : this.open()) }, icon("chat"), label);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Conversation", tabindex: "0" });
    this.writing = h("p", { class: "writing", role: "status" });
    this.panel = h("dialog", { class: "panel", "aria-labelledby": "title",
      onclose: () => this.#closed(), onkeydown: (event) => event.key === "Escape" && (event.preventDefault(), this.close()) },
      h("div", { class: "bar" }, h("h2", { id: "title" }, `${clinic} assistant`),
        h("button", { type: "button", class: "close", "aria-label": "Close the chat", onclick: () => this.close() }, icon("close"))),
      this.log, this.writing, this.#buildForm());
    const style = h("link", { rel: "stylesheet", href: new URL("triage-chat.css", import.meta.url) });
    style.addEventListener("load", () => this.setAttribute("ready", ""));
    this.attachShadow({ mode: "open" }).append(style, this.launcher, this.panel);
    this.#greet();
  }

  #buildForm() {
    this.input = h("textarea", { id: "message", rows: 1, autocomplete: "off", "aria-describedby": "count",
      oninput: () => this.#count(), onkeydown: (event) => this.#enter(event) });
    this.counter = h("p", { id: "count", class: "small", role: "status" });
    return h("form", { onsubmit: (event) => (event.preventDefault(), this.#submit()) },
      h("label", { for: "message" }, "Your message"),
      h("div", { class: "row" }, this.input, h("button", { class: "send", "aria-label": "Send" }, icon("send"))),
      this.counter);
  }

  #greet() {
    const privacy = this.getAttribute("privacy");
    const notice = h("div", { class: "message assistant notice" }, ...format(this.getAttribute("notice")));
    if (privacy) notice.append(h("p", {}, h("a", { href: privacy, target: "_blank", rel: "noopener" }, "Privacy and your data")));
    this.log.append(notice);
  }

  async #load() {
    this.#loaded = true;
    this.log.setAttribute("aria-live", "off"); // an old conversation is not news to a screen reader
    try {
      const { messages, max_characters: limit } = await this.server.conversation();
      this.#limit = limit;
      const drawn = messages.map((message) => this.#draw(message));
      if (!messages.length) this.#suggest();
      const last = messages.findLastIndex(({ author }) => author === "visitor");
      const { status, client_id, text } = messages[last] ?? {};
      if (status === "undelivered") drawn.at(-1).append(this.#again({ client_id, text }, drawn[last]));
      this.log.scrollTop = this.log.scrollHeight;
    } catch {
      this.#loaded = false;
    }
    for (const post of unsent()) this.#failed(post, this.#draw({ author: "visitor", text: post.text }));
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  #suggest() {
    const words = (this.getAttribute("suggestions") ?? "").split("|").filter(Boolean);
    const send = (text) => (this.log.focus(), this.#send({ text }));
    if (words.length) this.log.append(choices(words.map((text) => ({ title: text, onclick: () => send(text) }))));
  }

  #draw(message) {
    const node = drawMessage(message);
    if (message.author === "visitor") this.log.querySelectorAll(".choices").forEach((old) => old.remove()); // answered
    this.log.append(node);
    if (message.buttons?.length) this.log.append(this.#drawChoices(message));
    if (message.custom?.type === "booking") this.#drawBooking(message.custom.handoff);
    return node;
  }

  #drawChoices(message) {
    const drawn = message.metadata?.type === "advice" ? /^(why this answer|print)/i : /^(?!)/; // by the advice itself
    return choices(message.buttons.map((button, index) => ({ ...button, onclick: () => this.#choose(message, button.title, index) }))
      .filter((button) => !drawn.test(button.title) && !link(button)));
  }

  async #drawBooking(handoff) {
    const place = h("div", { class: "message booking" });
    this.log.append(place);
    const { drawBooking } = await import("./booking.js");
    await drawBooking(place, this.server, handoff, this.getAttribute("help"));
    if (place === this.log.lastElementChild) this.#scrollTo(place.previousElementSibling);
  }

  #choose(message, title, index) {
    this.log.focus();
    this.#send({ button: index, of: message.id, text: title });
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text || this.input.value.length > this.#limit) return;
    this.input.value = "";
    this.#count();
    this.#send({ text });
  }

  #enter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #count() {
    const left = this.#limit - this.input.value.length;
    this.input.setAttribute("aria-invalid", left < 0);
    this.counter.textContent = left > COUNT_LAST ? "" : left < 0 ? `${-left} characters too many` : `${left} characters left`;
  }

  #send(content) {
    const post = { client_id: uuid(), ...content };
    const bubble = this.#draw({ author: "visitor", text: content.text });
    this.#scrollTo(bubble);
    this.#deliver(post, bubble);
  }

  #deliver(post, bubble) {
    this.#queue = this.#queue.then(async () => { // one at a time, in the order in which they were written
      this.writing.textContent = "The assistant is writing";
      try {
        const { status, replies } = await this.server.post("/chat/messages/", post);
        remember(unsent().filter((one) => one.client_id !== post.client_id));
        const drawn = replies.map((message) => this.#draw(message));
        if (status !== "answered") (drawn.at(-1) ?? bubble).append(this.#again(post, bubble));
        this.#scrollTo(bubble);
        this.#tell("answered");
      } catch (error) {
        remember([...unsent().filter((one) => one.client_id !== post.client_id), post]);
        this.#failed(post, bubble, error.sentence);
      }
      this.writing.textContent = "";
    });
  }

  #failed(post, bubble, sentence) {
    const words = sentence ?? `Your message has not been sent. It is kept here. ${this.getAttribute("help")}`;
    const note = h("div", { class: "message system" }, ...format(words));
    note.append(this.#again(post, bubble, note));
    bubble.after(note);
    this.#scrollTo(bubble);
  }

  #again(post, bubble, note) {
    const button = h("button", { type: "button", class: "quiet", onclick: () => {
      (note ?? button).remove();
      this.log.focus();
      this.#deliver(post, bubble); // the same client_id: the server never answers it twice
    } }, "Try again");
    return button;
  }

  #scrollTo(bubble) {
    this.log.scrollTop = bubble.offsetTop - this.log.offsetTop - 8; // a long answer starts at its first line
  }

  #closed() {
    this.removeAttribute("open");
    this.launcher.setAttribute("aria-expanded", "false");
    this.opener.focus();
    this.#tell("close");
  }

  #tell(what) {
    this.dispatchEvent(new CustomEvent(`triage-chat-${what}`, { bubbles: true, composed: true }));
  }
}

function choices(buttons) {
  return h("div", { class: "choices", role: "group", "aria-label": "Answers to choose from" },
    ...buttons.map(({ title, onclick }) => h("button", { type: "button", class: "choice", onclick }, title)));
}

function unsent() {
  return JSON.parse(sessionStorage.getItem(UNSENT) ?? "[]");
}

function remember(posts) {
  sessionStorage.setItem(UNSENT, JSON.stringify(posts)); // this tab only, gone when it closes
}

function uuid() { // crypto.randomUUID needs https; a clinic's test page may not have it
  const random = (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16);
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, random);
}

customElements.define("triage-chat", TriageChat);
