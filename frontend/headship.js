// Improvements only: every page works without this file.
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}

// A draft of a survey stays on the device that it is written on, and goes when it was sent.
const KEPT_FOR = "headship-draft:";
const draft = document.querySelector("form[data-draft]");
if (draft) {
  const key = KEPT_FOR + draft.dataset.draft;
  const fields = () => [...draft.elements].filter((each) => each.name && each.type !== "hidden");
  try {
    const kept = JSON.parse(localStorage.getItem(key) || "{}");
    for (const each of fields()) {
      if (!(each.name in kept) || draft.querySelector(".govuk-error-message")) continue;
      if (each.type === "radio") each.checked = each.value === kept[each.name];
      else if (!each.value) each.value = kept[each.name];
    }
    draft.addEventListener("input", () => {
      const now = fields().filter((each) => each.type !== "radio" || each.checked);
      localStorage.setItem(key, JSON.stringify(Object.fromEntries(now.map((each) => [each.name, each.value]))));
    });
  } catch {
    // A browser that keeps nothing loses nothing but the draft.
  }
}
// Papers are typed in: after each key comes the next line, and Enter on a code or a line sends nothing half-typed.
const typing = document.querySelector("form[data-typing]");
if (typing) {
  const onward = (from) => {
    const fields = [...typing.elements].filter((each) => each.type !== "hidden");
    fields[fields.indexOf(from) + 1]?.focus();
  };
  typing.addEventListener("input", ({ target }) => {
    if (target.inputMode === "numeric" && /^[0-9.-]$/.test(target.value)) onward(target);
  });
  typing.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    onward(event.target);
  });
}
const sent = document.querySelector("[data-draft-sent]");
if (sent) {
  try {
    localStorage.removeItem(KEPT_FOR + sent.dataset.draftSent);
  } catch {
    // Nothing was kept.
  }
}
