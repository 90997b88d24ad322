// Requests of the helpers: same origin, with the CSRF token of the page, never followed to a sign-in page.
export function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function post(url, body) {
  return fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    redirect: "manual",
    cache: "no-store",
    headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
  });
}

export function get(url) {
  return fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", headers: { "X-Requested-With": "fetch" } });
}

export function lockUrl() {
  const url = document.body.dataset.lockUrl;
  return url ? `${url}?next=${encodeURIComponent(location.pathname + location.search)}` : "/";
}

// 423 is the answer of a locked session, 401 and a redirect that of an ended one.
export function isShut(response) {
  return response.status === 423 || response.status === 401 || response.type === "opaqueredirect";
}

export function clock(date = new Date()) {
  return `${String(date.getHours()).padStart(2, "0")}.${String(date.getMinutes()).padStart(2, "0")}`;
}
