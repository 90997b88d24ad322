// Moves focus from the links of the summary into the fields; the summary itself has autofocus.
export function startErrorSummary() {
  const summary = document.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") ?? field).focus();
    field.scrollIntoView({ block: "center" });
  });
}
