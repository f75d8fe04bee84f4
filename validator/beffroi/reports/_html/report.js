"use strict";
// Hides what the filters leave out. Without it, everything is shown.
for (const section of document.querySelectorAll("section.subject")) {
  const filters = section.querySelector(".filters");
  if (!filters) continue;
  filters.hidden = false;
  const apply = () => {
    const levels = new Set([...filters.querySelectorAll("input:checked")].map((box) => box.value));
    const field = filters.querySelector("select")?.value ?? "";
    let shown = 0;
    for (const each of section.querySelectorAll("article.finding")) {
      each.hidden = !levels.has(each.dataset.level) || (field !== "" && each.dataset.field !== field);
      shown += each.hidden ? 0 : 1;
    }
    section.querySelector(".none-shown").hidden = shown > 0;
  };
  filters.addEventListener("change", apply);
}
