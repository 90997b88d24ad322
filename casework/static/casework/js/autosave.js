// Saves a draft on the server two seconds after typing stops. Nothing is kept in the browser.
import { clock, isShut, lockUrl, post } from "./net.js";

const PAUSE = 2000;
const RETRY = [3000, 6000, 12000, 30000];

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]");
    this.timer = 0;
    this.failures = 0;
    this.edits = 0;
    this.saved = 0;
    this.busy = false;
    this.leaving = false;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); });
    window.addEventListener("beforeunload", (event) => { if (this.unsaved()) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && this.unsaved()) this.save(); });
    document.addEventListener("draft:flush", (event) => event.detail.push(this.flush()));
  }

  unsaved() {
    return !this.leaving && this.edits > this.saved;
  }

  changed() {
    this.edits += 1;
    this.failures = 0;
    this.wait(PAUSE);
  }

  wait(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), time);
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.unsaved()) await this.save();
    clearTimeout(this.timer);
    this.leaving = true;
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.leaving) return this.busy && this.wait(PAUSE);
    this.busy = true;
    const edit = this.edits;
    try {
      const response = await post(this.form.dataset.autosave, new FormData(this.form));
      if (isShut(response)) return this.shut();
      if (!response.ok) throw new Error(String(response.status));
      this.saved = edit;
      this.failures = 0;
      const answer = await response.json().catch(() => ({}));
      this.say(`Utkast sparat ${answer.saved ?? clock()}`, "saved");
    } catch {
      this.say("Inte sparat än – försöker igen", "failed");
      this.wait(RETRY[Math.min(this.failures, RETRY.length - 1)]);
      this.failures += 1;
    } finally {
      this.busy = false;
    }
  }

  shut() {
    this.leaving = true;
    location.assign(lockUrl());
  }

  say(text, state) {
    if (!this.status) return;
    this.status.textContent = text;
    this.status.dataset.state = state;
  }
}

export function startAutosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) new Draft(form);
}

// Saves what is unsaved before the page is left on purpose (lock); afterwards nothing holds the page back.
export async function flushDrafts() {
  const waiting = [];
  document.dispatchEvent(new CustomEvent("draft:flush", { detail: waiting }));
  await Promise.race([Promise.all(waiting), new Promise((done) => setTimeout(done, 1500))]);
}
