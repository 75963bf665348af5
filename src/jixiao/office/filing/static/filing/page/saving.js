// Where saving stands, in words; conflicts, both texts side by side, to be decided cell by cell.

import { element, say } from "./say.js";

export class Saving {
  // `place`: the line that tells; `conflicts`: where conflicts are decided; `places`: names of cells.
  constructor(place, conflicts, places, login) {
    Object.assign(this, { place, conflicts, places, login });
  }

  // `act`: {again(), settle(cells that keep mine)}.
  show({ state, answer, is_kept = true }, act) {
    const words = WORDS[state](answer, is_kept);
    this.place.className = `saving ${state === "waiting" ? "busy" : state}`;
    this.place.replaceChildren(element("span", {}, words));
    if (state === "signed_out") this.place.append(this._sign_in());
    if (["signed_out", "refused"].includes(state)) this.place.append(button(say("再保存", "Save again"), act.again));
    this.conflicts.hidden = state !== "conflict";
    if (state === "conflict") this._ask(answer, act);
    else this.conflicts.replaceChildren();
  }

  _sign_in() {
    return element("a", { href: this.login, target: "_blank", rel: "noopener" }, say("在新标签页登录", "Sign in in another tab"));
  }

  _ask({ conflicts, words }, act) {
    const asked = conflicts.map((conflict) => this._cell(conflict));
    const form = element(
      "form", { class: "panel conflicts", "aria-labelledby": "conflicts-title" },
      element("h2", { id: "conflicts-title", tabindex: "-1" }, say("两人改了同一格", "Two people changed the same cell")),
      element("p", {}, words ?? ""),
      ...asked,
      element("p", {}, element("button", { class: "main" }, say("按所选保存", "Save as chosen"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const mine = conflicts.filter(({ cell }, at) => new FormData(form).get(`side-${at}`) === "mine").map(({ cell }) => cell);
      act.settle(mine);
    });
    conflicts.forEach((_, at) => asked[at].querySelectorAll("input").forEach((input) => (input.name = `side-${at}`)));
    this.conflicts.replaceChildren(form);
    form.querySelector("h2").focus();
  }

  _cell({ cell, was, now, theirs, by, at }) {
    const side = (value, title, text, checked) => element(
      "label", {},
      element("input", { type: "radio", value, checked, required: true }), ` ${title}`,
      element("div", { class: "side-text" }, text || say("（空）", "(empty)")),
    );
    return element(
      "fieldset", {},
      element("legend", {}, cell === "rows" ? say("行的增删", "rows") : this.places.name(cell)),
      element("p", { class: "quiet" }, `${say("原为：", "Before: ")}${was || say("（空）", "(empty)")}`),
      element(
        "div", { class: "sides" },
        side("mine", say("我的", "Mine"), now, false),
        side("theirs", `${by} · ${at}`, theirs, false),
      ),
    );
  }
}

const KEPT = (is_kept) => (is_kept ? "" : say("；此浏览器不能保存草稿，请勿关闭页面", "; this browser keeps no draft: do not close the page"));

const WORDS = {
  saved: (answer) => say(`已保存 ${answer?.saved ?? ""}`, `Saved ${answer?.saved ?? ""}`).trim(),
  waiting: () => say("正在填写", "Typing"),
  busy: () => say("正在保存", "Saving"),
  away: (_, is_kept) => (is_kept ? say("未连接，已记在本机", "No connection; kept on this machine") : say("未连接", "No connection")) + KEPT(is_kept),
  conflict: () => say("有冲突，请选定", "A conflict: please choose"),
  signed_out: () => say("登录已过期，内容还在。", "Signed out; what you typed is still here. "),
  refused: (answer) => answer?.words ?? say("未能保存，内容还在。", "Not saved; what you typed is still here. "),
};

function button(text, act) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", act);
  return made;
}
