// Starts the small helpers. Every page works without them.
import { startAutosave } from "./autosave.js";
import { startBrainstorm } from "./brainstorm.js";
import { startErrorSummary } from "./errorsummary.js";
import { startCounters } from "./counter.js";
import { startGuideLinks } from "./guidelinks.js";
import { startIdle } from "./idle.js";
import { startMenus } from "./menus.js";
import { startPasskeys } from "./passkey.js";
import { startPlaces } from "./places.js";
import { startPrinting } from "./printing.js";
import { startRanking } from "./ranking.js";
import { startReveals } from "./reveal.js";
import { startShortcuts } from "./shortcuts.js";
import { startTabs } from "./tabs.js";

document.documentElement.classList.add("scripted");
// A page out of the back-forward cache may show what has been locked or signed out since.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

startErrorSummary();
startCounters();
startMenus();
startPrinting();
startRanking();
startReveals();
startPasskeys();
startPlaces();
startGuideLinks();
startAutosave();
startBrainstorm();
startShortcuts();
startTabs();
startIdle();
