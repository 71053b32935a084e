// Passkeys and security keys: shows their button where the browser knows them, and says it in
// words when a key does not answer. allauth's own files do the talking with the key.
document.addEventListener("DOMContentLoaded", () => {
  const passkey = document.getElementById("passkey");
  if (passkey && window.PublicKeyCredential) passkey.hidden = false;
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("second-step-problem");
  if (problem) problem.hidden = false;
});
