// Shows the link to the guide's page about the actor that is written in the field. All links are in the page already.
const plain = (text) => text.trim().toLocaleLowerCase("sv");

function start(general) {
  const box = general.parentElement;
  const input = box.parentElement.querySelector("input[list]");
  const pages = [...box.querySelectorAll("[data-guide-actors]")];
  const names = new Map(pages.map((page) => [page, JSON.parse(page.dataset.guideActors).map(plain)]));
  if (!input) return;
  const show = () => {
    const right = pages.find((page) => names.get(page).includes(plain(input.value)));
    for (const page of pages) page.hidden = page !== right;
    general.hidden = right !== undefined;
  };
  input.addEventListener("input", show);
  show();
}

export function startGuideLinks() {
  for (const general of document.querySelectorAll("[data-guide-link]")) start(general);
}
