// The demo's one click: fills in the real sign-in form and then the real code form, as a person would.
const status = document.querySelector("[data-demo-status]");

async function page(url, fields) {
  const options = { credentials: "same-origin", cache: "no-store" };
  const response = await fetch(url, fields ? { ...options, method: "POST", body: new URLSearchParams(fields) } : options);
  const html = new DOMParser().parseFromString(await response.text(), "text/html");
  return { url: response.url, token: html.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "" };
}

async function enter(button) {
  const { demo, username, login, signout } = button.dataset;
  const known = await (await fetch(demo, { cache: "no-store" })).json();
  if (!known.code) throw new Error("used");
  let first = await page(login);
  if (!first.url.includes(login)) {
    await page(signout, { csrfmiddlewaretoken: first.token });
    first = await page(login);
  }
  const second = await page(login, { csrfmiddlewaretoken: first.token, login: username, password: known.password });
  await page(second.url, { csrfmiddlewaretoken: second.token, code: known.code });
  location.assign("/");
}

for (const button of document.querySelectorAll("[data-demo]")) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    status.textContent = "Loggar in …";
    try {
      await enter(button);
    } catch {
      status.textContent = "Koden är redan använd. Vänta några sekunder och försök igen.";
    }
  });
}
