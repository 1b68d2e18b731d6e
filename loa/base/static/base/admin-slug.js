// Makes the admin's slug fields write Vietnamese: "doan-vien", where Wagtail alone writes "djoan-vien" (or keeps "đoàn").
//
// Wagtail's title field tells the slug field its value with the events w-sync:check and w-sync:apply, and the slug
// field cleans whatever it holds when the cursor leaves it. We hear these events first (on the way down to the field)
// and put our own slug in place of the title. What Wagtail then does to it changes nothing, for it is already clean.
// No class of Wagtail's is replaced, so a new version of it needs no new copy of ours.

import { slug } from "./slug.js";

const isSlug = (field) => field instanceof HTMLInputElement && field.matches('[data-controller~="w-slug"]');
const ours = (text) => (text.trim() ? slug(text) : "");

function sync({ target, detail }) {
  if (isSlug(target) && typeof detail?.value === "string") detail.value = ours(detail.value);
}

document.addEventListener("w-sync:check", sync, true);
document.addEventListener("w-sync:apply", sync, true);
document.addEventListener("blur", ({ target }) => {
  if (isSlug(target)) target.value = ours(target.value);
}, true);
