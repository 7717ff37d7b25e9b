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
const sent = document.querySelector("[data-draft-sent]");
if (sent) {
  try {
    localStorage.removeItem(KEPT_FOR + sent.dataset.draftSent);
  } catch {
    // Nothing was kept.
  }
}
