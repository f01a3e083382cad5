/** Talks to the web server: JSON both ways, Django's CSRF token, errors as sentences for the visitor. */

const PATIENCE = 9500; // milliseconds; the server answers or admits an outage before that
const CONVERSATION = "/chat/conversation/";

/** A refusal or a silence; `sentence` is the server's own explanation, or null when it could not be reached. */
export class ServerError extends Error {
  constructor(status, body) {
    super(`The server answered ${status}`);
    this.status = status;
    this.body = body ?? {};
    this.sentence = this.body.message ?? null;
  }
}

export class Server {
  #csrf = null;

  constructor(origin) {
    this.origin = origin;
  }

  /** The conversation of this browser so far; it also brings the token that every post needs. */
  async conversation() {
    const conversation = await this.get(CONVERSATION);
    this.#csrf = conversation.csrf;
    return conversation;
  }

  get(path) {
    return this.#ask(path, {});
  }

  /** Post once, and once more with a fresh token when the old one has expired. */
  async post(path, body) {
    if (!this.#csrf) await this.conversation();
    try {
      return await this.#post(path, body);
    } catch (error) {
      if (error.body?.error !== "reload") throw error;
      await this.conversation();
      return this.#post(path, body);
    }
  }

  #post(path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.#csrf };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(path, options) {
    const signal = AbortSignal.timeout(PATIENCE);
    const headers = { Accept: "application/json", ...options.headers };
    const answer = await fetch(new URL(path, this.origin), { credentials: "include", ...options, headers, signal });
    const body = await answer.json().catch(() => null);
    const outage = body?.status === "undelivered"; // a 503 that brings the advice for the visitor
    if ((!answer.ok && !outage) || body === null) throw new ServerError(answer.status, body);
    return body;
  }
}
