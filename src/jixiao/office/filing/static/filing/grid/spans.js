// Merged level cells: neighbours that say the same under the same first level are one cell over their rows.

// `rows`: for each row its levels, outermost first. Gives for each row and level how many rows its cell covers, 0 where
// the cell above covers it. An empty level is never merged: nobody has said yet where the row belongs.
export function runs(rows) {
  const found = rows.map((levels) => levels.map(() => 1));
  for (let level = 0; level < (rows[0]?.length ?? 0); level++) {
    let first = 0;
    for (let row = 1; row <= rows.length; row++) {
      if (row < rows.length && together(rows[first], rows[row], level)) found[row][level] = 0;
      else {
        found[first][level] = row - first;
        first = row;
      }
    }
  }
  return found;
}

function together(one, other, level) {
  return one[level] !== "" && one.slice(0, level + 1).every((text, at) => text === other[at]);
}

// Merge the level cells of real rows: covered ones are hidden, not removed, so that every row keeps its own.
export function merge(rows) {
  const cells = rows.map(level_cells);
  const found = runs(cells.map((levels) => levels.map((cell) => cell.querySelector("textarea").value.trim())));
  cells.forEach((levels, row) => levels.forEach((cell, level) => {
    cell.hidden = found[row][level] === 0;
    cell.rowSpan = found[row][level] || 1;
  }));
}

// The cells of all rows whose level is the one shown at this cell, its own first.
export function covered(cell) {
  const place = level_cells(cell.parentElement).indexOf(cell);
  const found = [cell];
  for (let row = cell.parentElement.nextElementSibling; found.length < cell.rowSpan; row = row.nextElementSibling) {
    found.push(level_cells(row)[place]);
  }
  return found;
}

export function level_cells(row) {
  return [...row.cells].filter((cell) => cell.dataset.level);
}
