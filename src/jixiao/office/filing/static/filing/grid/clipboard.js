// What spreadsheets put on the clipboard as plain text: tabs between cells, quotes around a cell with line breaks.

// Rows of cells. A quote counts only at the beginning of a cell; doubled inside, it is one.
export function parse_tsv(text) {
  const rows = [[]];
  let at = 0;
  while (at <= text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at + 1) : bare(text, at);
    rows.at(-1).push(cell);
    if (end >= text.length) break;
    at = end + 1;
    if (text[end] === "\r" && text[at] === "\n") at++;
    if (text[end] !== "\t") rows.push([]);
  }
  return without_last_break(rows);
}

function bare(text, start) {
  let end = start;
  while (end < text.length && !"\t\n\r".includes(text[end])) end++;
  return { cell: text.slice(start, end), end };
}

function quoted(text, start) {
  let [cell, at] = ["", start];
  while (at < text.length) {
    if (text[at] !== '"') cell += text[at++];
    else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 2];
    else break;
  }
  const rest = bare(text, at + 1);
  // A quote that nothing closes, or with letters behind the closing one, was no quote.
  return at >= text.length || rest.cell ? bare(text, start - 1) : { cell: cell.replaceAll("\r\n", "\n"), end: rest.end };
}

function without_last_break(rows) {
  const last = rows.at(-1);
  return rows.length > 1 && last.length === 1 && last[0] === "" ? rows.slice(0, -1) : rows;
}

// Rows of texts as a spreadsheet reads them.
export function format_tsv(rows) {
  const cell = (text) => (/[\t\n\r]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\r\n");
}

// Rows of cells placed on a grid: a cell over several rows says the same in each, one over several columns once.
// `rows`: for each row its cells as {text, down, across}.
export function spread(rows) {
  const grid = rows.map(() => []);
  rows.forEach((cells, row) => {
    let column = 0;
    for (const { text, down, across } of cells) {
      while (grid[row][column] !== undefined) column++;
      for (let r = row; r < Math.min(row + down, rows.length); r++) {
        for (let c = column; c < column + across; c++) grid[r][c] = c === column ? text : "";
      }
      column += across;
    }
  });
  return grid.map((row) => Array.from(row, (text) => text ?? ""));
}
