// Warns before the lock and locks in time. The server decides: this only shows it, for all tabs of the session.
import { flushDrafts } from "./autosave.js";
import { get, isShut, lockUrl, post } from "./net.js";

const body = document.body;
const CHECK = 5000;
const PATIENCE = 15000;
let deadline = 0;
let asked = 0;
let locking = 0;

function dialog() {
  return document.getElementById("idle-dialog");
}

// Once is enough: a second request would break off the first. A request that got lost is made again after a while.
export async function lock() {
  if (Date.now() - locking < PATIENCE) return;
  locking = Date.now();
  await flushDrafts();
  const form = document.querySelector("[data-lock-form]");
  if (form) form.submit();
  else location.assign(lockUrl());
}

function left() {
  return Math.ceil((deadline - Date.now()) / 1000);
}

function extend(seconds) {
  deadline = Date.now() + seconds * 1000;
  if (left() > Number(body.dataset.warn) && dialog()?.open) dialog().close();
}

// Another tab may have kept the session alive: the server knows.
async function ask() {
  asked = Date.now();
  try {
    const response = await get(body.dataset.sessionUrl);
    if (isShut(response)) return location.assign(lockUrl());
    if (response.ok) extend((await response.json()).seconds_left);
  } catch { /* no answer: the time already known holds */ }
}

async function carryOn() {
  try {
    const response = await post(body.dataset.sessionUrl, new FormData());
    if (isShut(response)) return location.assign(lockUrl());
    if (!response.ok) return;
    const answer = await response.json().catch(() => ({}));
    extend(answer.seconds_left ?? Number(body.dataset.idle));
  } catch { /* the warning stays */ }
}

function tick() {
  const seconds = left();
  if (seconds > Number(body.dataset.warn)) return;
  if (body.dataset.sessionUrl && Date.now() - asked > CHECK) ask();
  if (seconds <= 0) return lock();
  const shown = dialog();
  if (!shown) return;
  shown.querySelector("[data-idle-left]").textContent = String(seconds);
  if (!shown.open) shown.showModal();
}

export function startIdle() {
  if (!body.classList.contains("shell") || !Number(body.dataset.idle)) return;
  deadline = Date.now() + Number(body.dataset.idle) * 1000;
  setInterval(tick, 1000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && body.dataset.sessionUrl) ask(); });
  dialog()?.addEventListener("cancel", (event) => { event.preventDefault(); carryOn(); });
  document.querySelector("[data-idle-continue]")?.addEventListener("click", carryOn);
  document.querySelector("[data-idle-lock]")?.addEventListener("click", lock);
  document.querySelector("[data-lock-form]")?.addEventListener("submit", (event) => { event.preventDefault(); lock(); });
}
