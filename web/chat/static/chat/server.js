/** Talks to the web server: JSON both ways, Django's CSRF token, errors as sentences for the visitor. */

const PATIENCE = 9500; // milliseconds; the server answers or admits an outage before that

/** A refusal or a silence; `sentence` is the server's own explanation, or null when it could not be reached. */
export class ServerError extends Error {
  constructor(status, body) {
    super(`The server answered ${status}`);
    this.status = status;
    this.body = body ?? {};
    this.sentence = status >= 400 && status < 500 ? (this.body.error ?? null) : null;
  }
}

export class Server {
  constructor(origin) {
    this.origin = origin;
  }

  get(path) {
    return this.#ask(path, {});
  }

  post(path, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    return this.#ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  async #ask(path, options) {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(new URL(path, this.origin), { credentials: "include", ...options, signal });
    const body = await answer.json().catch(() => null);
    if (!answer.ok || body === null) throw new ServerError(answer.status, body);
    return body;
  }
}

function csrfToken() {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
