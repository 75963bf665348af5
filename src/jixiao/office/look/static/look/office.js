// What every page of the office does in the browser: confirm before what cannot be undone, close menus, keep notes short.

document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.drop[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.drop[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// A table with a box in its head: one click marks all rows that can be marked.
document.addEventListener("change", (event) => {
  const all = event.target.closest("input[data-all]");
  if (all) {
    for (const box of document.querySelectorAll(`input[name="${all.dataset.all}"]:not(:disabled)`)) box.checked = all.checked;
  }
});

// What scrolls sideways and holds nothing to press is reached by Tab, so that its arrows scroll it.
function reach_scrolls() {
  for (const box of document.querySelectorAll(".scroll:not([tabindex])")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
}
reach_scrolls();
addEventListener("resize", reach_scrolls);
document.addEventListener("htmx:afterSettle", reach_scrolls);
