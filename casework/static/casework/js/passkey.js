// Passkeys: the browser's ceremony, then an ordinary form. The server makes and checks everything.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function readable(options) {
  const key = { ...options, challenge: bytes(options.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    if (key[name]) key[name] = key[name].map((item) => ({ ...item, id: bytes(item.id) }));
  }
  return key;
}

function sendable(credential) {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) answer[name] = text(response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const response = await fetch(form.dataset.optionsUrl, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return (await response.json()).request_options;
}

async function ceremony(form) {
  const { publicKey } = await optionsOf(form);
  const key = readable(publicKey);
  if (form.dataset.passkey !== "create") return navigator.credentials.get({ publicKey: key });
  // Kept in the key where it has room for it, so that it can sign in without a username.
  key.authenticatorSelection = { ...key.authenticatorSelection, residentKey: "preferred", requireResidentKey: false };
  return navigator.credentials.create({ publicKey: key });
}

function why(problem) {
  if (!window.PublicKeyCredential || problem?.name === "SecurityError") return "Nycklar går inte att använda på den här adressen. Välj ett annat sätt.";
  if (problem?.name === "InvalidStateError") return "Den nyckeln är redan tillagd.";
  return "Det gick inte med nyckeln. Försök igen eller välj ett annat sätt.";
}

export function startPasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const error = form.querySelector("[data-passkey-error]");
      try {
        form.elements.credential.value = JSON.stringify(sendable(await ceremony(form)));
        form.submit();
      } catch (problem) {
        error.textContent = why(problem);
        error.hidden = false;
      }
    });
  }
}
