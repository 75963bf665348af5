// The places of a table's cells: which cell covers row r, column c. Level cells count for their own row alone, merged
// or not, so that every row can be named, pasted into and moved by itself.

// `rows`: for each row its cells as {cell, down, across}. Gives {grid, where}: grid[r][c] is a cell, where.get(cell) its
// first place as {row, column, across}.
export function layout(rows) {
  const grid = rows.map(() => []);
  const where = new Map();
  rows.forEach((cells, row) => {
    let column = 0;
    for (const { cell, down, across } of cells) {
      while (grid[row][column] !== undefined) column++;
      where.set(cell, { row, column, across });
      for (let r = row; r < Math.min(row + down, rows.length); r++) {
        for (let c = column; c < column + across; c++) grid[r][c] ??= cell;
      }
      column += across;
    }
  });
  return { grid, where };
}

// The layout of a real table.
export function layout_of(table) {
  const down = (cell) => (cell.dataset.level ? 1 : cell.rowSpan);
  const rows = [...table.rows].map((row) => [...row.cells].map((cell) => ({ cell, down: down(cell), across: cell.colSpan })));
  return layout(rows);
}

// The cells of one row from a column to the right, each once.
export function rightwards(grid, row, column) {
  const found = [];
  for (const cell of (grid[row] ?? []).slice(column)) if (found.at(-1) !== cell) found.push(cell);
  return found;
}

// The rectangle between two places, its corners in order.
export function rectangle(one, other) {
  return {
    top: Math.min(one.row, other.row),
    bottom: Math.max(one.row, other.row),
    left: Math.min(one.column, other.column),
    right: Math.max(one.column + one.across - 1, other.column + other.across - 1),
  };
}

// The cells of a rectangle row by row, each once.
export function within(grid, { top, bottom, left, right }) {
  const rows = [];
  for (let row = top; row <= bottom; row++) rows.push(rightwards(grid.map((cells) => cells.slice(0, right + 1)), row, left));
  return rows;
}
