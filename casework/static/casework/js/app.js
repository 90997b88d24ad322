// Starts the small helpers. Every page works without them.
import { startAutosave } from "./autosave.js";
import { startErrorSummary } from "./errorsummary.js";
import { startCounters } from "./counter.js";
import { startIdle } from "./idle.js";
import { startMenus } from "./menus.js";
import { startPasskeys } from "./passkey.js";
import { startReveals } from "./reveal.js";
import { startShortcuts } from "./shortcuts.js";

document.documentElement.classList.add("scripted");
// A page out of the back-forward cache may show what has been locked or signed out since.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

startErrorSummary();
startCounters();
startMenus();
startReveals();
startPasskeys();
startAutosave();
startShortcuts();
startIdle();
