// Buttons above the table for what keys do: rows, fill down, undo. They act on the row where the caret is.

import { element, say } from "./say.js";

const TOOLS = [
  ["add_row", () => say("加一行", "Add row"), "Alt+Insert"],
  ["remove_row", () => say("删行", "Remove row"), "Alt+Delete"],
  ["up", () => say("上移", "Up"), "Alt+↑"],
  ["down", () => say("下移", "Down"), "Alt+↓"],
  ["fill_down", () => say("向下填充", "Fill down"), "Ctrl+D"],
  ["undo", () => say("撤销", "Undo"), "Ctrl+Z"],
  ["redo", () => say("重做", "Redo"), "Ctrl+Y"],
];

// `about`: the page of evidence and comments; the button leads to those of the cell where the caret is.
export function row_tools(grid, root, about) {
  const bar = element("div", { class: "bar grid-tools", role: "toolbar", "aria-label": say("表格工具", "Table tools") });
  for (const [name, words, keys] of TOOLS) {
    const button = element("button", { type: "button", title: `${words()} (${keys})`, "aria-keyshortcuts": shortcut(keys) }, words());
    button.addEventListener("pointerdown", (event) => event.preventDefault()); // the cell keeps the focus
    button.addEventListener("click", () => act(grid, name));
    bar.append(button);
  }
  const words = element("button", { type: "button" }, say("本格佐证与批注", "Evidence, comments of this cell"));
  words.addEventListener("pointerdown", (event) => event.preventDefault());
  words.addEventListener("click", () => {
    const cell = document.activeElement?.dataset?.cell ?? "";
    location.assign(cell ? `${about}?${new URLSearchParams({ cell })}` : about);
  });
  bar.append(words);
  root.querySelector(".rows-without-script")?.remove();
  (grid.closest(".sheet") ?? grid).before(bar);
}

function act(grid, name) {
  const control = document.activeElement;
  if (control?.dataset?.cell && grid.contains(control)) grid.commit(control);
  if (name === "up" || name === "down") grid.move_row(name === "up" ? -1 : 1);
  else grid[name]();
}

function shortcut(keys) {
  return keys.replace("Ctrl", "Control").replace("↑", "ArrowUp").replace("↓", "ArrowDown");
}
