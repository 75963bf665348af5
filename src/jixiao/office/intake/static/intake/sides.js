// The two sides belong together: focus in a field lights its boxes and brings them into view; a box leads to its field.

const WIDTHS = ["w100", "w150", "w200", "w300"];
let width = 0;

function boxes(number) {
  return document.querySelectorAll(`.sheets a[data-field="${number}"]`);
}

function light(number) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  const found = boxes(number);
  for (const box of found) {
    box.classList.add("lit");
    box.closest("td")?.classList.add("lit");
  }
  document.getElementById(`f${number}`)?.classList.add("lit");
  if (found.length) bring(found[0]);
}

// Scrolls the pictures only, so that the field stays where the eye is.
function bring(box) {
  const pane = document.getElementById("pages");
  const at = box.getBoundingClientRect();
  const seen = pane.getBoundingClientRect();
  if (at.top < seen.top + 20 || at.bottom > seen.bottom - 20) pane.scrollTop += at.top - seen.top - seen.height / 3;
  if (at.left < seen.left || at.right > seen.right) pane.scrollLeft += at.left - seen.left - 40;
}

document.addEventListener("focusin", (event) => {
  const field = event.target.closest("li[data-field]");
  if (field) light(field.dataset.field);
});

document.addEventListener("click", (event) => {
  const box = event.target.closest(".sheets a[data-field]");
  if (box) {
    event.preventDefault();
    const value = document.getElementById(`v${box.dataset.field}`);
    value?.scrollIntoView({ block: "center" });
    (value ?? box).focus();
    light(box.dataset.field);
    return;
  }
  const where = event.target.closest("a[data-box]");
  if (where) {
    event.preventDefault();
    light(where.dataset.box);
    return;
  }
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) {
    width = Math.max(0, Math.min(WIDTHS.length - 1, width + Number(zoom.dataset.zoom)));
    document.getElementById("pages").classList.remove(...WIDTHS);
    document.getElementById("pages").classList.add(WIDTHS[width]);
  }
});

// After a field was confirmed, the next doubtful one has the focus.
let next = null;
document.addEventListener("submit", (event) => {
  const field = event.target.closest("li[data-field]");
  if (!field) return;
  const open = [...document.querySelectorAll(".reads.open > li:not(.is-checked)")];
  const after = open[open.indexOf(field) + 1] ?? open.find((each) => each !== field);
  next = after?.dataset.field ?? null;
});
document.addEventListener("htmx:afterSettle", () => {
  if (next === null) return;
  document.querySelector(`#f${next} :is(input:not([type=hidden]), textarea, [tabindex])`)?.focus();
  next = null;
});
