// Passkeys: a form with data-passkey="create" or "get" asks the browser's authenticator, then posts what it answers.
// Needs window.webauthnJSON (allauth's mfa/js/webauthn-json.js), loaded before.
(function () {
  "use strict";

  async function optionsOf(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error("The server gave no passkey options.");
    return (await answer.json()).request_options;
  }

  async function credentialFor(form) {
    const options = await optionsOf(form);
    if (form.dataset.passkey === "get") return window.webauthnJSON.get(options);
    options.publicKey.authenticatorSelection = Object.assign({}, options.publicKey.authenticatorSelection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
    return window.webauthnJSON.create(options);
  }

  async function send(event) {
    const form = event.currentTarget;
    event.preventDefault();
    const failed = form.querySelector('[role="alert"]');
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await credentialFor(form));
      HTMLFormElement.prototype.submit.call(form);
    } catch (fault) {
      failed.hidden = false;
    }
  }

  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    if (!window.webauthnJSON || !window.PublicKeyCredential) return;
    form.hidden = false;
    form.addEventListener("submit", send);
  });
})();
