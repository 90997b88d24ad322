// A button that prints the page; without script the browser's own menu does it.
export function startPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
}
