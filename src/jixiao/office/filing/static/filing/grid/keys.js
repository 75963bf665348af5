// Which command a key gives. A cell is "whole" when all its text is selected (as after moving into it): then arrows
// move; while its text is edited they move the caret, and leave the cell only at its ends.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// `event`: a keydown; `cell`: {whole, at_start, at_end, many (a range is selected), changed (typed in since entering)}.
// Gives [name, …arguments], or null: the browser's own meaning stands.
export function command(event, cell) {
  if (event.isComposing || event.keyCode === 229) return null; // an input method is choosing letters
  const control = event.ctrlKey || event.metaKey;
  const step = STEPS[event.key];
  if (event.altKey && !control) return with_alt(event.key, step);
  if (control) return with_control(event, cell);
  if (event.key === "Enter") return ["move", event.shiftKey ? -1 : 1, 0];
  if (event.key === "Escape") return ["restore"];
  if (event.key === "F2") return ["edit"];
  if ((event.key === "Delete" || event.key === "Backspace") && cell.many) return ["clear"];
  if (!step) return null;
  if (event.shiftKey) return cell.whole || cell.many ? ["extend", ...step] : null;
  return leaves(event.key, cell) ? ["move", ...step] : null;
}

function with_alt(key, step) {
  if (key === "Enter") return ["break"];
  if (key === "Insert") return ["add_row"];
  if (key === "Delete") return ["remove_row"];
  return step && step[1] === 0 ? ["move_row", step[0]] : null;
}

function with_control(event, cell) {
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) return cell.changed ? null : ["undo"];
  if (key === "y" || (key === "z" && event.shiftKey)) return cell.changed ? null : ["redo"];
  if (key === "d") return ["fill_down"];
  return null;
}

function leaves(key, cell) {
  if (cell.whole) return true;
  return key === "ArrowUp" ? cell.at_start : key === "ArrowDown" ? cell.at_end : false;
}
