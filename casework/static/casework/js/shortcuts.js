// Keys: "/" search, "n" new step, "g" and a letter to go, "?" help, Ctrl+Enter sends, Ctrl+Alt+L locks.
import { lock } from "./idle.js";
import { openDialog } from "./menus.js";

const GO_TIME = 1500;
let going = 0;

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function follow(selector) {
  const target = document.querySelector(selector);
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

function letter(event) {
  if (going && Date.now() - going < GO_TIME) {
    going = 0;
    return follow(`[data-go="${CSS.escape(event.key.toLowerCase())}"]`);
  }
  if (event.key === "g") {
    going = Date.now();
    return true;
  }
  if (event.key === "?") return openDialog("help-dialog");
  return follow(`[data-shortcut="${CSS.escape(event.key)}"]`);
}

function submit(event) {
  const form = event.target.closest?.("form[data-ctrl-enter]") ?? document.querySelector("form[data-ctrl-enter]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[type=submit]") ?? undefined);
}

function pressed(event) {
  if (event.isComposing || event.repeat) return;
  if (event.ctrlKey && event.altKey && event.code === "KeyL") {
    event.preventDefault();
    lock();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return submit(event);
  if (document.body.dataset.shortcuts !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key.length === 1 && letter(event)) event.preventDefault();
}

export function startShortcuts() {
  if (document.body.classList.contains("shell")) document.addEventListener("keydown", pressed);
}
