// Rows of indicators in a table: added from a template, removed, put in an order; each has a key in data-row.

const NAMING = [
  "name", "id", "for", "headers", "data-cell", "data-fault", "data-marks", "data-computed", "aria-describedby",
  "aria-labelledby", "href", "value",
];

// A new row made of a template whose names, ids and labels say "{key}".
export function made(template, key) {
  const row = template.content.querySelector("tr").cloneNode(true);
  row.dataset.row = key;
  rename(row, "{key}", key);
  return row;
}

// Another key for a row: in its names, ids, headings and labels.
export function rename(row, from, to) {
  row.dataset.row = to;
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of NAMING) {
      const text = element.getAttribute(attribute);
      if (text?.includes(from)) element.setAttribute(attribute, replaced(text, from, to));
    }
  }
}

// A key inside a name: "k1" in "k1/name", "row-k1 level1", not in "k12/name".
export function replaced(text, from, to) {
  if (from === "{key}") return text.replaceAll(from, to);
  return text.replace(new RegExp(`(?<![A-Za-z0-9])${from}(?![0-9])`, "g"), to);
}

// Put the rows into an order; rows that are not named go, new ones are made. Cells beside all rows grow with them.
export function arrange(table, keys, make) {
  const rows = [...table.querySelectorAll("tr[data-row]")];
  const known = new Map(rows.map((row) => [row.dataset.row, row]));
  const anchor = table.querySelector("tr[data-after-rows]");
  const sides = sides_of(table);
  sides.forEach((side) => side.remove());
  const wanted = keys.map((key) => known.get(key) ?? make(key));
  rows.filter((row) => !keys.includes(row.dataset.row)).forEach((row) => row.remove());
  wanted.reduceRight((below, row) => {
    if (row.nextElementSibling !== below) below.parentElement.insertBefore(row, below); // a row that stays keeps its focus
    return row;
  }, anchor);
  put_sides(table, sides, keys.length - rows.length);
}

// Cells that stand beside all rows: with a heading above them, or in the first row.
function sides_of(table) {
  return [...table.querySelectorAll("tr[data-row] > [data-beside]")];
}

function put_sides(table, inside, more) {
  const first = table.querySelector("tr[data-row]") ?? table.querySelector("tr[data-after-rows]");
  inside.forEach((cell, at) => first.insertBefore(cell, first.cells[at] ?? null));
  for (const cell of table.querySelectorAll("[data-beside]")) cell.rowSpan += more;
}

// The keys with one moved by a step, or the same where it cannot be.
export function moved(keys, key, step) {
  const at = keys.indexOf(key);
  const to = at + step;
  if (at < 0 || to < 0 || to >= keys.length) return keys;
  const order = keys.filter((each) => each !== key);
  order.splice(to, 0, key);
  return order;
}

// A key for a new row that no row has had in this page: n1, n2 …
export function new_key(used) {
  let number = 1;
  while (used.has(`n${number}`)) number++;
  return `n${number}`;
}
