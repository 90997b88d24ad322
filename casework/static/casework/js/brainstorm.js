// A group's ideas: Enter saves one and leaves an empty field, and the others' ideas come by themselves.
// The latest idea stands first. Requests go one after the other, so that none is shown twice. Without script the form posts and comes back.
import { get, isShut, post } from "./net.js";

const PAUSE = 4000;
const RETRY = 3000;

function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

class Brainstorm {
  constructor(form) {
    this.form = form;
    this.field = form.querySelector("[name=text]");
    this.once = form.querySelector("[name=once]");
    this.status = form.querySelector("[data-idea-status]");
    this.list = document.querySelector("[data-idea-list]");
    this.count = document.querySelector("[data-idea-count]");
    this.known = this.list.children.length;
    this.queue = [];
    this.busy = false;
    this.over = false;
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => { if (this.queue.length && !this.over) event.preventDefault(); });
    setInterval(() => this.look(), PAUSE);
  }

  // When it is over or locked the form goes as a page: the server says why, or keeps it until after unlocking.
  submitted(event) {
    if (this.over) return;
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const body = new FormData(this.form);
    const row = document.createElement("li");
    row.textContent = text;
    row.dataset.waiting = "";
    this.list.prepend(row);
    this.queue.push({ body, row, text });
    this.field.value = "";
    this.once.value = newToken();
    this.field.focus();
    this.send();
  }

  async send() {
    if (this.busy || this.over || !this.queue.length) return;
    this.busy = true;
    const { body, row, text } = this.queue[0];
    body.set("efter", String(this.known));
    let wait = 0;
    try {
      const response = await post(this.form.action, body);
      if (isShut(response)) return this.handBack(text, body.get("once"));
      if (response.status === 400) this.refused(row, text, (await response.json()).error);
      else if (!response.ok) throw new Error(String(response.status));
      else this.saved(row, (await response.json()).ideas);
    } catch {
      this.say("Inte sparat än – försöker igen");
      wait = RETRY;
    } finally {
      this.busy = false;
    }
    if (this.queue.length) setTimeout(() => this.send(), wait);
  }

  saved(row, ideas) {
    this.queue.shift();
    row.remove();
    this.say("");
    this.show(ideas);
  }

  // What was refused goes back into the field, unless something new is being typed there.
  refused(row, text, why) {
    this.queue.shift();
    row.remove();
    this.say(this.field.value ? `${why} (”${text}”)` : why);
    if (!this.field.value) this.field.value = text;
  }

  async look() {
    if (this.busy || this.over || this.queue.length || document.hidden) return;
    this.busy = true;
    try {
      const response = await get(`${this.form.dataset.ideas}?efter=${this.known}`);
      if (isShut(response) || response.status === 403 || response.status === 404) this.over = true;
      else if (response.ok) this.show((await response.json()).ideas);
    } catch { /* asked again in a while */ } finally {
      this.busy = false;
    }
    this.send();
  }

  // null: the group no longer sits together, and the page tells what it is now. What is being typed is left alone.
  show(ideas) {
    if (ideas === null) {
      this.over = true;
      if (this.field.value) this.say("Handledningen är avslutad. Fler idéer sparas inte.");
      else location.reload();
      return;
    }
    const latest = this.list.querySelector("li:not([data-waiting])");
    for (const idea of [...ideas].reverse()) {
      const row = document.createElement("li");
      row.textContent = idea;
      this.list.insertBefore(row, latest);
    }
    this.known += ideas.length;
    if (this.count) this.count.textContent = String(this.known);
  }

  // Locked: sent as a page the form is kept, and is offered after unlocking.
  handBack(text, once) {
    this.over = true;
    this.field.value = [text, ...this.queue.slice(1).map((each) => each.text)].join("; ");
    this.once.value = once;
    this.form.submit();
  }

  say(text) {
    this.status.textContent = text;
  }
}

export function startBrainstorm() {
  for (const form of document.querySelectorAll("form[data-ideas]")) new Brainstorm(form);
}
