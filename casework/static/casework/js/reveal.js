// Counts down, takes the text out of the page and loads it masked.
function hide(box) {
  box.querySelector(".facts")?.remove();
  location.replace(box.dataset.maskUrl || location.href);
}

function start(box) {
  const end = Date.now() + Number(box.dataset.seconds) * 1000;
  const text = box.querySelector("[data-reveal-left]");
  const timer = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (left > 0) text.textContent = `Döljs om ${left} sekunder.`;
    else {
      clearInterval(timer);
      hide(box);
    }
  }, 1000);
  box.querySelector("[data-reveal-hide]")?.addEventListener("click", (event) => { event.preventDefault(); hide(box); });
}

export function startReveals() {
  const boxes = document.querySelectorAll("[data-reveal]");
  for (const box of boxes) start(box);
  // Going away hides at once: nothing stays in a page that the browser may keep.
  if (boxes.length) window.addEventListener("pagehide", () => { for (const box of boxes) box.querySelector(".facts")?.remove(); });
}
