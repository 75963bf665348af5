// The table that a spreadsheet or a document puts on the clipboard as HTML: merged cells are known only from here.

import { spread } from "./clipboard.js";

// Rows of cells, or null where there is no table. The HTML is parsed as a document of its own: nothing in it runs.
export function parse_table(html) {
  const table = html ? new DOMParser().parseFromString(html, "text/html").querySelector("table") : null;
  if (!table) return null;
  const rows = [...table.rows].filter((row) => row.cells.length > 0);
  return spread(rows.map((row) => [...row.cells].map((cell) => ({ text: text_of(cell), down: cell.rowSpan, across: cell.colSpan }))));
}

// The text as it is seen: line breaks of the source are none, those of <br> and paragraphs are.
function text_of(cell) {
  let text = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) text += node.data.replace(/[ \t\r\n]+/g, " ");
    else if (node.nodeName === "BR") text += "\n";
    else {
      if (/^(P|DIV|LI)$/.test(node.nodeName) && text.trim() && !text.endsWith("\n")) text += "\n";
      node.childNodes.forEach(walk);
    }
  };
  cell.childNodes.forEach(walk);
  return text.replaceAll("\xa0", " ").replace(/ *\n */g, "\n").trim();
}
