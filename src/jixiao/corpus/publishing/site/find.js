// The page of the search: asks while one types, shows what is found as links. Nothing comes from elsewhere.
import { search } from "./search.js";

const root = document.documentElement.dataset.root;
const base = document.documentElement.dataset.base;
const field = document.getElementById("asked");
const list = document.getElementById("found");
const told = document.getElementById("told");
const more = document.getElementById("more");
const held = new Map();
let turn = 0;
let last = -1;

function load(name) {
  if (!held.has(name)) {
    held.set(name, fetch(`${root}search/${name}`).then((answer) => {
      if (!answer.ok) throw new Error(name);
      return answer.json();
    }));
  }
  return held.get(name);
}

function item({ number, form: [project, unit, department, year, address] }) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = base + address;
  link.textContent = project || "—";
  const about = document.createElement("span");
  about.className = "quiet";
  about.textContent = ` ${year || ""} ${unit}${department && department !== unit ? ` · ${department}` : ""}`;
  row.append(link, about);
  last = number;
  return row;
}

async function ask(after = -1) {
  const mine = (turn += 1);
  let answer;
  try {
    answer = await search(field.value, load, 50, after);
  } catch {
    told.textContent = told.dataset.failed;
    return;
  }
  if (mine !== turn) return;
  if (after < 0) list.replaceChildren();
  list.append(...answer.found.map(item));
  more.hidden = !answer.more;
  const count = list.children.length;
  told.textContent = answer.short ? told.dataset.short : count ? `${told.dataset.found} ${count}${answer.more ? "+" : ""}` : told.dataset.none;
}

document.getElementById("search").hidden = false;
let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 150);
});
document.getElementById("search").addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
more.addEventListener("click", () => ask(last));
const first = new URLSearchParams(location.search).get("q");
if (first) {
  field.value = first;
  ask();
}
