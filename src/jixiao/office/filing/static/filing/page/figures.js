// Scores as they are typed: totals beside the table, the computed score under each one that is claimed otherwise.

import { number, order, plain, sum } from "../live/numbers.js";
import { element, say } from "./say.js";

export class Figures {
  // `root`: where [data-figure=name] stand.
  constructor(root, places) {
    Object.assign(this, { root, places });
  }

  show(result, record) {
    const { form, keys } = record;
    this._put("claimed", joined(form.total.score, form.grade));
    this._put("computed", joined(result.value("total"), result.value("grade_computed")));
    this._put("low", result.value("total_low"));
    this._put("rate", result.shown("rate") === "—" ? null : result.shown("rate"));
    this._sums(form);
    this._line("execution/score", form.execution.score, result.value("execution_score"), result.value("execution_agrees"));
    keys.forEach((key, at) => {
      const agrees = result.value("agrees", at);
      this._line(`${key}/score`, form.indicators[at].score, result.value("score", at), agrees);
    });
  }

  _put(name, text) {
    for (const place of this.root.querySelectorAll(`[data-figure="${name}"]`)) {
      if (place.textContent !== (text || "—")) place.textContent = text || "—";
    }
  }

  // The sums of points and scores, where they are not what the row of the total says.
  _sums(form) {
    for (const name of ["weight", "score"]) {
      const parts = [form.execution[name], ...form.indicators.map((line) => line[name])].filter((part) => part !== null);
      const all = sum(parts.map(number));
      this._put(`sum_${name}`, plain(all));
      const differs = form.total[name] === null || order(number(form.total[name]), all) !== 0;
      const text = parts.length && differs ? say(`合计 ${plain(all)}`, `sum ${plain(all)}`) : "";
      this._note(`total/${name}`, text, form.total[name] !== null);
    }
  }

  _line(cell, claimed, computed, agrees) {
    const same = computed !== null && claimed !== null && order(number(computed), number(claimed)) === 0;
    this._note(cell, computed === null || same ? "" : say(`复算 ${computed}`, `computed ${computed}`), agrees === false);
  }

  _note(cell, text, differs) {
    const control = this.places.control(cell);
    if (!control) return;
    let place = control.parentElement.querySelector(".computed");
    if (!place && text) control.after((place = element("span", { class: "computed" })));
    if (!place) return;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("differs", Boolean(text) && differs);
  }
}

function joined(score, grade) {
  return [score, grade].filter(Boolean).join(" ");
}
