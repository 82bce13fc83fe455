// @ts-check
/** Sends commands so that each happens once: a client-made key, the same one again when the network fails. No DOM. */

const TRY_FOR_MS = 30_000;
const ATTEMPT_MS = 8_000;
const WAITS_MS = [300, 600, 1200, 2500, 5000];

/**
 * @typedef {{kind: "done", body: any} | {kind: "refused", code: string, facts: Record<string, any>} | {kind: "signed-out"} | {kind: "lost"}} Answer
 * `lost`: no answer for half a minute; it may or may not have happened, so the same thing is sent again under the same key.
 */
/**
 * @typedef {object} Surroundings
 * @property {(url: string, init: RequestInit) => Promise<Response>} fetch
 * @property {() => number} now ms, monotonic
 * @property {(ms: number) => Promise<void>} wait
 * @property {() => string} newKey 16-64 characters, never twice
 * @property {() => string} csrf of the session
 */

export class Commands {
  /** @param {Surroundings} around */
  constructor(around) {
    this.around = around;
    /** @type {Map<string, string>} keys of what went unanswered, by path and body */
    this.unanswered = new Map();
  }

  /** @param {string} path below /api/v1 @param {any} body @param {() => void} [repeating] told when an attempt failed @returns {Promise<Answer>} */
  async send(path, body, repeating = () => {}) {
    const text = JSON.stringify(body);
    const named = `${path} ${text}`;
    const key = this.unanswered.get(named) ?? this.around.newKey();
    this.unanswered.set(named, key);
    const until = this.around.now() + TRY_FOR_MS;
    for (let nth = 0; ; nth += 1) {
      const answer = await this.#attempt(path, text, key);
      if (answer !== null) {
        this.unanswered.delete(named);
        return answer;
      }
      repeating();
      if (this.around.now() >= until) return { kind: "lost" };
      await this.around.wait(WAITS_MS[Math.min(nth, WAITS_MS.length - 1)] ?? 5000);
    }
  }

  /** null: no answer that counts. @param {string} path @param {string} body @param {string} key @returns {Promise<Answer | null>} */
  async #attempt(path, body, key) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key, "X-CSRF": this.around.csrf() };
    try {
      const signal = AbortSignal.timeout(ATTEMPT_MS);
      return await readAnswer(await this.around.fetch(`/api/v1${path}`, { method: "POST", headers, body, signal }));
    } catch {
      return null;
    }
  }
}

/** What a response means; null for a fault of the server, which is no answer. @param {Response} response @returns {Promise<Answer | null>} */
export async function readAnswer(response) {
  if (response.status >= 500) return null;
  const body = await response.json();
  if (response.ok) return { kind: "done", body };
  const { code, facts } = body.refusal;
  if (code === "NOT_SIGNED_IN" || code === "CSRF_MISSING") return { kind: "signed-out" };
  return { kind: "refused", code, facts };
}

/** 32 hex characters; getRandomValues exists on plain http too, randomUUID does not. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
