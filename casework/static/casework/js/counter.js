// Shows how much room is left near the limit of a text; the server refuses what is too long and keeps the text.
const NEAR = 0.8;

function start(area) {
  const limit = Number(area.dataset.limit);
  const counter = document.createElement("p");
  counter.className = "counter";
  counter.setAttribute("role", "status");
  area.after(counter);
  const show = () => {
    const length = [...area.value].length;
    const left = limit - length;
    counter.toggleAttribute("data-over", left < 0);
    counter.textContent = length < limit * NEAR ? "" : left < 0 ? `${-left} tecken för mycket` : `${left} tecken kvar`;
  };
  area.addEventListener("input", show);
  show();
}

export function startCounters() {
  for (const area of document.querySelectorAll("textarea[data-limit]")) start(area);
}
