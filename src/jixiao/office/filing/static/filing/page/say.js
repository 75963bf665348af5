// Words in two languages, side by side where they are used; the page's own language counts.

export const ENGLISH = document.documentElement.lang.startsWith("en");

export function say(zh, en) {
  return ENGLISH ? en : zh;
}

export function told(text) {
  return ENGLISH ? text.en : text.zh;
}

// An element with attributes and children (texts or elements); `class` by its name.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(attribute, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
