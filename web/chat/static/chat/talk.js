/** The conversation: draws it, sends what was written once and in its order, says each news once to a screen reader. */
import { drawMap, drawMessage, format, h, press } from "./draw.js";
import { outbox } from "./server.js";

const WRITING_AFTER = 400; // milliseconds: a quick answer needs no sign
const RETRY_SECONDS = [1, 2, 4, 8, 15, 30, 60]; // after that only when the network or the visitor comes back
const SPOKEN_FOR = 10_000; // milliseconds in a live region
const HISTORY = 200; // messages that the server gives at most

export class Talk {
  limit = 2000; // until the server has said its own
  #drawn = new Map(); // id and client_id of a message: its element
  #tabs = new BroadcastChannel("triage-chat"); // this site's other tabs
  #busy = false;
  #missed = false;
  #tries = 0;
  #timer;
  #note; // "not sent yet", while something waits

  /** `tell` hears "answered" after an answer, "alarm" of an emergency. */
  constructor(server, frame, tell) {
    Object.assign(this, { server, frame, tell, words: frame.words });
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": this.words.conversation, tabindex: "0" });
    this.writing = h("p", { class: "writing", role: "status" });
    this.news = h("div", { class: "hidden", "aria-live": "polite" });
    this.alarm = h("div", { class: "hidden", "aria-live": "assertive" });
    this.#tabs.onmessage = () => this.refresh();
    addEventListener("online", () => this.refresh());
    addEventListener("pageshow", ({ persisted }) => persisted && this.refresh());
    document.addEventListener("visibilitychange", () => document.hidden || this.refresh());
  }

  /** Draw the conversation so far, and send what could not be sent before. */
  load() {
    return (this.loaded ??= this.#load());
  }

  async #load() {
    const old = await this.#fetch();
    const last = old.findLast(({ author }) => author === "visitor");
    if (last?.status === "undelivered") this.log.lastChild.append(this.#again(last));
    if (!this.#drawn.size) this.suggest(this.frame.start);
    this.#scroll(this.log.lastChild);
    this.#pump();
  }

  /** Draw what another tab or page has added, and send what waits. */
  async refresh() {
    this.#missed = this.#busy;
    if (!this.loaded || this.#busy) return;
    this.#tries = 0;
    this.#announce(await this.#fetch());
    this.#pump();
  }

  /** Offer topics as first words. */
  suggest(names, takesFocus) {
    const topics = names.map((name) => this.frame.topics[name]).filter(Boolean);
    const offer = this.#choices(topics.map(({ title, say }) => press("choice", () => this.say(say), title)));
    this.topics?.remove();
    this.topics = offer;
    this.log.append(offer);
    if (takesFocus) offer.firstChild?.focus();
  }

  /** Send a text; `button` and `of` name the offered choice that it is. */
  say(text, button) {
    if (this.#holdsFocus(this.log)) this.log.focus(); // the pressed choice goes away
    this.#scroll(this.#draw(this.#mine(outbox.add({ text, ...button }))));
    this.#pump();
  }

  async #fetch() {
    const { messages, max_characters: limit } = await this.server.get("/chat/conversation/").catch(() => ({}));
    const ids = messages?.map(({ id }) => id);
    if (limit) this.limit = limit;
    if (ids?.length < HISTORY && [...this.#drawn.keys()].some((key) => key > 0 && !ids.includes(key))) this.#clear();
    const fresh = this.#drawAll(messages ?? []);
    this.#drawAll(outbox.posts.map(this.#mine));
    if (!outbox.posts[0]) this.#done({});
    return fresh;
  }

  #clear() { // erased or begun anew in another window
    this.log.replaceChildren(this.log.firstChild, h("p", { class: "small" }, this.words.elsewhere));
    this.#drawn.clear();
    this.#note = null;
  }

  #mine(post) {
    return { ...post, author: "visitor" };
  }

  /** Draw these messages and give those that were not here before. */
  #drawAll(messages) {
    const fresh = messages.filter(({ id, client_id }) => !this.#drawn.has(id) && !this.#drawn.has(client_id));
    messages.forEach((message) => this.#draw(message));
    return fresh;
  }

  #draw(message) {
    const { id, client_id, author, buttons, custom, status } = message;
    if (status === "answered") outbox.remove(message);
    const known = this.#drawn.get(id) ?? this.#drawn.get(client_id);
    const node = known ?? drawMessage(message, this.frame);
    for (const key of [id, client_id]) if (key) this.#drawn.set(key, node);
    if (known) return known;
    const next = author === "visitor" ? null : this.#drawn.get(outbox.posts[0]?.client_id); // it waits for its own answer
    this.log.insertBefore(node, next ?? null);
    if (author === "visitor") this.log.querySelectorAll(".choices").forEach((old) => old.remove()); // answered
    else if (buttons?.length && !next) this.log.append(this.#offer(message));
    if (custom?.type === "booking") this.#drawBooking(custom.handoff);
    return node;
  }

  #offer({ id, buttons, metadata }) {
    const offer = this.#choices(buttons.map(({ title, href, drawn }, button) => (
      href || drawn ? null : press("choice", () => this.say(title, { button, of: id }), title))));
    if (metadata?.question === "place") drawMap(offer, this.words.map, (place) => this.say(place));
    return offer;
  }

  #choices(buttons) {
    return h("div", { class: "choices", role: "group", "aria-label": this.words.choices }, ...buttons);
  }

  async #drawBooking(handoff) {
    const place = h("div", { class: "message booking", lang: "en", dir: "ltr" });
    this.log.append(place);
    const { drawBooking } = await import("./booking.js");
    await drawBooking(place, this.server, handoff, this.frame.help);
    if (place === this.log.lastChild) this.#scroll(place.previousSibling);
  }

  async #pump() {
    if (this.#busy) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    for (let post, goes = true; goes && (post = outbox.posts[0]);) goes = await this.#deliver(post, this.#drawn.get(post.client_id));
    this.#busy = false;
    if (this.#missed) this.refresh();
  }

  /** Send one message; false when it has to wait. */
  async #deliver(post, bubble) {
    const slow = setTimeout(() => (this.writing.textContent = this.words.writing), WRITING_AFTER);
    try {
      const turn = await this.server.post("/chat/messages/", post);
      this.#done(post);
      this.#answered(turn, bubble);
    } catch (error) {
      if (!error.final) return this.#later(error.body?.shown);
      this.#done(post);
      bubble.after(this.#system(error.body.shown));
    } finally {
      clearTimeout(slow);
      this.writing.textContent = "";
    }
    return true;
  }

  #done(post) {
    outbox.remove(post);
    this.#tries = 0;
    if (this.#holdsFocus(this.#note)) this.log.focus();
    this.#note?.remove();
    this.#note = null;
    this.log.querySelectorAll(".state").forEach((old) => old.remove());
  }

  #answered({ status, first, message, replies }, bubble) {
    if (first && [...this.#drawn.keys()].some((key) => key < message.id)) {
      bubble.before(h("p", { class: "small" }, this.words.ended));
      for (const key of this.#drawn.keys()) if (key > 0) this.#drawn.delete(key);
    }
    const fresh = this.#drawAll([message, ...replies]);
    if (status !== "answered") this.#drawn.get(replies.at(-1)?.id ?? message.id).append(this.#again(message));
    this.#scroll(bubble);
    this.#announce(fresh);
    this.#tabs.postMessage("");
    this.tell("answered");
  }

  #later(said) {
    const [first, ...more] = outbox.posts.map(({ client_id }) => this.#drawn.get(client_id));
    for (const bubble of [first, ...more]) if (!bubble.querySelector(".state")) bubble.append(h("p", { class: "state" }, this.words.not_sent));
    if (!this.#note) {
      this.#note = this.#system(said ?? [["p", {}, this.words.kept], ...this.frame.help]);
      this.#note.append(this.#again());
    }
    if (!this.#holdsFocus(this.#note)) this.log.append(this.#note);
    this.#scroll(first);
    const seconds = RETRY_SECONDS[this.#tries++];
    if (seconds) this.#timer = setTimeout(() => this.#pump(), seconds * 1000);
    return false;
  }

  #system(shown) {
    const node = h("div", { class: "message system" }, ...format(shown));
    this.#speak(this.alarm, [...node.children].map((line) => line.textContent).join("\n"));
    return node;
  }

  /** "Try again": what waits here, or a message that the server has without an answer; none is answered twice. */
  #again(message) {
    const button = press("quiet", () => {
      this.log.focus();
      if (message) outbox.add({ client_id: message.client_id, text: message.text });
      if (message) button.remove();
      this.#pump();
    }, this.words.again);
    return button;
  }

  #announce(messages) {
    for (const { author, text, metadata, buttons = [] } of messages) {
      const alarm = metadata?.level === "emergency";
      const level = metadata?.type === "advice" && this.frame.levels[metadata.level];
      const words = [level, text, ...buttons.map(({ title }) => title)].filter(Boolean).join("\n");
      if (author !== "visitor") this.#speak(alarm || author === "system" ? this.alarm : this.news, words);
      if (alarm) this.tell("alarm");
    }
  }

  #speak(region, text) {
    const words = h("p", {}, text.replaceAll("**", ""));
    region.append(words);
    setTimeout(() => words.remove(), SPOKEN_FOR); // read once; not found by reading on
  }

  #scroll(node) {
    const box = this.log.scrollHeight > this.log.clientHeight ? this.log : this.log.parentNode; // a low screen scrolls whole
    box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - 8; // an answer starts at its first line
  }

  #holdsFocus(node) {
    const { activeElement } = this.log.getRootNode();
    return activeElement && activeElement !== node && node?.contains(activeElement);
  }
}
