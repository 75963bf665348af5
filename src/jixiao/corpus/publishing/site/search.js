// The search: words → forms, out of the small files that index.py writes. `load(name)` gives the content of one.

const BLANK = /[\s,，;；、|]+/gu;

export function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(BLANK, "");
}

export function shardOf(pair, shards) {
  let found = 0;
  for (let at = 0; at < pair.length; at += 1) found = (found * 31 + pair.charCodeAt(at)) % 65521;
  return found % shards;
}

function pairsOf(word) {
  const letters = Array.from(word);
  return [...new Set(letters.slice(1).map((letter, at) => letters[at] + letter))];
}

async function formsWith(pair, about, load) {
  const held = (await load(`pairs/${shardOf(pair, about.shards)}.json`))[pair];
  if (held === undefined) return [];
  if (held === 0) return null;
  let last = 0;
  return held.map((delta) => (last += delta));
}

async function narrowed(pairs, about, load) {
  const lists = (await Promise.all(pairs.map((pair) => formsWith(pair, about, load)))).filter((list) => list !== null);
  if (!lists.length) return null;
  lists.sort((one, other) => one.length - other.length);
  const sets = lists.slice(1).map((list) => new Set(list));
  return lists[0].filter((number) => sets.every((set) => set.has(number)));
}

function* everyForm(count) {
  for (let number = 0; number < count; number += 1) yield number;
}

// Forms that have every word, in their order; at most so many, beginning after the number `after`.
export async function search(asked, load, most = 50, after = -1) {
  const words = asked.split(/[\s,，;；、]+/u).map(fold).filter(Boolean);
  if (!words.length || words.some((word) => Array.from(word).length < 2)) return { short: true, found: [] };
  const about = await load("about.json");
  const some = await narrowed([...new Set(words.flatMap(pairsOf))], about, load);
  const found = [];
  for (const number of some ?? everyForm(about.forms)) {
    if (number <= after) continue;
    if (found.length === most) return { more: true, found };
    const shard = await load(`forms/${Math.floor(number / about.each)}.json`);
    const form = shard[number % about.each];
    const text = form.slice(0, 4).map((part) => fold(String(part || ""))).join("|");
    if (words.every((word) => text.includes(word))) found.push({ number, form });
  }
  return { more: false, found };
}
