/** Talks to the web server, and keeps what could not be sent yet. */

const PATIENCE = 9500; // milliseconds; the server answers or admits an outage before that
const OUTBOX = "triage-chat-outbox";

/** A refusal: `body.shown` explains it, `final` says that the same message would be refused again. */
class Refusal extends Error {
  constructor(status, body) {
    super(`The server answered ${status}`);
    this.body = body ?? {};
    this.final = body?.shown && status < 500 && status !== 429;
  }
}

export class Server {
  #csrf;

  constructor(origin) {
    this.origin = origin;
  }

  get(path) {
    return this.#ask(path, {});
  }

  /** Post; once more with a fresh token when the old one has expired. No cookie before the first post. */
  async post(path, body) {
    if (!this.#csrf) await this.#begin();
    try {
      return await this.#post(path, body);
    } catch (error) {
      if (error.body?.error !== "reload") throw error;
      await this.#begin();
      return this.#post(path, body);
    }
  }

  async #begin() {
    this.#csrf = (await this.get("/chat/begin/")).csrf;
  }

  #post(path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#csrf };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(path, options) {
    const headers = { Accept: "application/json", ...options.headers };
    const more = { credentials: "include", headers, signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(new URL(path, this.origin), { ...options, ...more });
    const body = await answer.json().catch(() => null);
    const outage = body?.status === "undelivered"; // a 503 that brings the advice for the visitor
    if ((!answer.ok && !outage) || !body) throw new Refusal(answer.status, body);
    return body;
  }
}

/** What was written and is not answered yet: kept in this tab through reloads, gone when the tab closes. */
export const outbox = {
  get posts() {
    return JSON.parse(sessionStorage.getItem(OUTBOX) ?? "[]");
  },

  /** Keep a message with an id of its own, by which the server knows it when it comes twice. */
  add(content) {
    const post = { client_id: crypto.getRandomValues(new Uint32Array(4)).join("-"), ...content };
    sessionStorage.setItem(OUTBOX, JSON.stringify([...outbox.posts, post]));
    return post;
  },

  remove({ client_id }) {
    sessionStorage.setItem(OUTBOX, JSON.stringify(outbox.posts.filter((one) => one.client_id !== client_id)));
  },
};
