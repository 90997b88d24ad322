// The questions about a public place are shown when the step was in one. Without script they are there all the time.
function start(place) {
  const form = place.form;
  const type = form.elements.place_type;
  const group = type?.closest(".form-group");
  if (!group) return;
  const avoided = (type.dataset.avoid ?? "").split(" ").filter(Boolean);
  const warning = document.createElement("p");
  warning.className = "place-warning";
  warning.setAttribute("role", "status");
  type.after(warning);
  const show = () => {
    group.hidden = place.value !== place.dataset.out;
    const advised = !group.hidden && avoided.includes(type.value);
    type.toggleAttribute("data-advised-against", advised);
    warning.textContent = advised ? "Säkerhetsplanen avråder från det här. Ta upp det med sektionschefen." : "";
  };
  place.addEventListener("change", show);
  type.addEventListener("change", show);
  show();
}

export function startPlaces() {
  for (const place of document.querySelectorAll("select[data-out]")) start(place);
}
