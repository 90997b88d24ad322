// On a narrow screen the row of tabs scrolls sideways: the one for this page is brought into view.
export function startTabs() {
  for (const tab of document.querySelectorAll(".case-tabs [aria-current]")) {
    const row = tab.closest("ul");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}
