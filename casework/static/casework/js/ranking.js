// Moves a wish up or down in its list; the numbers in the fields follow. Without script the numbers are typed.
function numbered(list) {
  [...list.children].forEach((row, at) => {
    row.querySelector("input").value = String(at + 1);
    row.querySelector("[data-move='-1']").disabled = at === 0;
    row.querySelector("[data-move='1']").disabled = at === list.children.length - 1;
  });
}

function moved(list, button) {
  const row = button.closest("li");
  const other = button.dataset.move === "-1" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.dataset.move === "-1") other.before(row);
  else other.after(row);
  numbered(list);
  (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button)?.focus();
}

export function startRanking() {
  for (const list of document.querySelectorAll("[data-ranking]")) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (button) moved(list, button);
    });
  }
}
