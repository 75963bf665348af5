// Saving by itself: 600 ms after the last key, one save at a time, again when the connection is back. It tells where
// things stand by `on`: {state, ...}; states: saved, waiting, busy, away, conflict, signed_out, refused.

import { Outbox } from "./outbox.js";

const PAUSE = 600;
const AGAIN = [2000, 5000, 10000, 30000];

export class SaveClient {
  // `world`: {post(payload) → {status, body}, later(act, ms) → number, cancel(number), token()}; `store` keeps, see
  // store.js; `on(news)` is told of every change of state; `kept`: what was not saved the last time.
  constructor(world, store, base, on, kept = null) {
    Object.assign(this, { world, store, on });
    this.outbox = new Outbox(base, kept);
    this.timer = null;
    this.tried = 0;
    this.state = "saved";
    this.held = null; // a conflict that waits for the person
  }

  // Cells were changed.
  add(changes, rows = null) {
    this.outbox.add(changes, rows);
    const is_kept = this.store.write(this.outbox.as_kept());
    if (["conflict", "signed_out", "refused"].includes(this.state)) return;
    this._tell(this.state === "away" ? "away" : "waiting", { is_kept });
    if (this.state !== "away") this._soon(PAUSE);
  }

  // Save now: the page is left, the connection is back, the person has signed in again, or asks for it.
  async now() {
    this.world.cancel(this.timer);
    if (this.held !== null) return;
    const payload = this.outbox.take(this.world.token());
    if (payload === null) {
      if (this.state === "waiting" && this.outbox.is_empty) this._tell("saved", { is_clean: true }); // settled: all theirs
      return;
    }
    this._tell("busy");
    let answer = null;
    try {
      answer = await this.world.post(payload);
    } catch {
      answer = { status: 0, body: null }; // no answer at all
    }
    this._answered(answer);
  }

  // The person has decided: `mine` are the cells that keep what was typed here.
  settle(mine) {
    const { version, conflicts } = this.held;
    const theirs = Object.fromEntries(conflicts.map(({ cell, theirs: text }) => [cell, text]));
    this.outbox.settle(version, theirs, mine);
    this.held = null;
    this.store.write(this.outbox.as_kept());
    this._tell("waiting");
    const taken = conflicts.filter(({ cell }) => !mine.includes(cell));
    return Promise.resolve(this.now()).then(() => taken);
  }

  // A 403 that says nothing in JSON is that of a token that went with the session.
  _answered({ status, body }) {
    if (status === 200) this._done(body);
    else if (status === 409) this._conflict(body);
    else if (status === 401 || (status === 403 && body === null)) this._stopped("signed_out", body);
    else if (status === 0 || status >= 500 || status === 429) this._away();
    else this._stopped("refused", body);
  }

  _done(body) {
    this.tried = 0;
    this.outbox.done(body.version, body.keys);
    this.store.write(this.outbox.as_kept());
    this._tell("saved", { answer: body, is_clean: this.outbox.is_empty });
    if (!this.outbox.is_empty) this._soon(PAUSE);
  }

  _conflict(body) {
    this.outbox.back();
    this.held = body;
    this.store.write(this.outbox.as_kept());
    this._tell("conflict", { answer: body });
  }

  _away() {
    this.outbox.lost();
    const is_kept = this.store.write(this.outbox.as_kept());
    this._tell("away", { is_kept });
    this._soon(AGAIN[Math.min(this.tried++, AGAIN.length - 1)]);
  }

  _stopped(state, body) {
    this.outbox.back();
    this.store.write(this.outbox.as_kept());
    this._tell(state, { answer: body });
  }

  _soon(pause) {
    this.world.cancel(this.timer);
    this.timer = this.world.later(() => this.now(), pause);
  }

  _tell(state, more = {}) {
    this.state = state;
    this.on({ state, ...more });
  }
}
