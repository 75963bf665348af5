"use strict";
(() => {
  // Without this script the switch works by the style sheet alone; it adds the language of the document, a memory in
  // the address (#f2-d1;en), and opens what a link or the printer needs.
  const english = document.getElementById("lang-en");
  const chinese = document.getElementById("lang-zh");
  const language = () => (english.checked ? "en" : "zh");
  const first = language();
  const address = () => location.hash.slice(1).split(";");

  const settle = () => {
    document.documentElement.lang = english.checked ? "en" : "zh-CN";
    const anchor = address()[0];
    const wanted = "#" + anchor + (language() === first ? "" : ";" + language());
    if (wanted !== (location.hash || "#")) history.replaceState(null, "", wanted);
  };
  const reveal = () => {
    const target = document.getElementById(address()[0]);
    const folded = target && target.closest("details");
    if (folded) folded.open = true;
    settle();
  };

  for (const choice of [english, chinese]) choice.addEventListener("change", settle);
  window.addEventListener("hashchange", reveal);

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const folded of opened) folded.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const folded of opened) folded.open = false;
  });

  const [anchor, asked] = address();
  if (asked === "en") english.checked = true;
  if (asked === "zh") chinese.checked = true;
  if (asked && anchor) location.replace("#" + anchor);
  reveal();
})();
