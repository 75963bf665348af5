(() => {
  "use strict";
  const PAGE = 50, PRINTED = 1000;
  const data = JSON.parse(document.getElementById("index").textContent);
  const FAMILIES = ["arithmetic", "clause", "doubt"];
  const NAMES = { arithmetic: ["算术", "Arithmetic"], clause: ["条款", "Clause"], doubt: ["疑问", "Doubt"] };
  const byPosition = new Map(data.forms.map((form) => [form.p, form]));
  const lists = {};
  const blocks = new Map();

  const add = (parent, tag, text, name) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined && text !== null) made.textContent = text;
    parent.append(made);
    return made;
  };
  const both = (parent, pair) => {
    if (pair[0] === pair[1]) { add(parent, "span", pair[0], "printed").lang = "zh-CN"; return parent; }
    add(parent, "span", pair[0], "zh").lang = "zh-CN";
    add(parent, "span", pair[1], "en").lang = "en";
    return parent;
  };
  const words = (parent, tag, zh, en, name) => both(add(parent, tag, null, name), [zh, en]);
  const spoken = () => (document.getElementById("lang-en").checked ? 1 : 0);
  const dash = (value) => (value === null || value === undefined || value === "" ? "—" : String(value));
  const grouped = (digits) => {
    if (digits === null || digits === undefined) return "—";
    const [whole, rest] = digits.split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : "." + rest);
  };
  // Digits compare without fractions: sign, length of the whole part, then digit by digit.
  const compareDigits = (one, other) => {
    if (one === other) return 0;
    if (one === null || one === undefined) return -1;
    if (other === null || other === undefined) return 1;
    const negative = one.startsWith("-");
    if (negative !== other.startsWith("-")) return negative ? -1 : 1;
    const parts = [one, other].map((digits) => digits.replace("-", "").split("."));
    const whole = Math.max(parts[0][0].length, parts[1][0].length);
    const rest = Math.max((parts[0][1] || "").length, (parts[1][1] || "").length);
    const keys = parts.map(([before, after = ""]) => before.padStart(whole, "0") + after.padEnd(rest, "0"));
    return (keys[0] < keys[1] ? -1 : keys[0] > keys[1] ? 1 : 0) * (negative ? -1 : 1);
  };
  const compareTexts = new Intl.Collator("zh-CN").compare;
  const compareNumbers = (one, other) => one - other;

  const detailOf = (form) => {
    if (form.p > data.told) return null;
    const number = Math.floor((form.p - 1) / data.block);
    if (!blocks.has(number)) blocks.set(number, JSON.parse(document.getElementById("block-" + number).textContent));
    return blocks.get(number)[(form.p - 1) % data.block];
  };

  class List {
    constructor(name, columns, rows, opens) {
      Object.assign(this, { name, columns, rows, opens, shown: rows, page: 0, size: PAGE, sort: null, down: false, open: new Set() });
      this.place = document.getElementById("list-" + name);
      this.count = add(this.place, "p", null, "count");
      this.count.setAttribute("role", "status");
      this.table = add(this.place, "table");
      this.table.setAttribute("aria-labelledby", "h-" + name);
      const head = add(add(this.table, "thead"), "tr");
      columns.forEach((column, at) => {
        const cell = add(head, "th", null, column.number ? "n" : "");
        cell.scope = "col";
        const button = both(add(cell, "button"), column.name);
        button.type = "button";
        button.addEventListener("click", () => this.order(at));
      });
      this.body = add(this.table, "tbody");
      this.pager = add(this.place, "nav", null, "pager");
      this.pager.setAttribute("aria-label", "翻页 Pages");
      this.body.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !this.open.size) return;
        const at = Number(event.target.closest("tr")?.dataset.at ?? -1);
        this.open.delete(this.shown[at]);
        this.draw();
        this.body.querySelector('tr[data-at="' + at + '"] button')?.focus();
      });
      this.draw();
    }
    order(at) {
      this.down = this.sort === at ? !this.down : Boolean(this.columns[at].number);
      this.sort = at;
      this.page = 0;
      this.arrange();
    }
    filter(keep) {
      this.keep = keep;
      this.page = 0;
      this.arrange();
    }
    arrange() {
      this.shown = this.keep ? this.rows.filter(this.keep) : [...this.rows];
      if (this.sort !== null) {
        const { value, compare = compareTexts } = this.columns[this.sort];
        const turn = this.down ? -1 : 1;
        this.shown = this.shown.map((row, at) => [row, at]).sort((a, b) => turn * compare(value(a[0]), value(b[0])) || a[1] - b[1]).map(([row]) => row);
      }
      this.draw();
    }
    toggle(row, at) {
      if (!this.open.delete(row)) this.open.add(row);
      this.draw();
      this.body.querySelector('tr[data-at="' + at + '"] button')?.focus();
    }
    go(page) {
      this.page = page;
      this.draw();
      this.place.scrollIntoView({ block: "start" });
      this.body.querySelector("button")?.focus({ preventScroll: true });
    }
    draw() {
      const from = this.page * this.size, to = Math.min(from + this.size, this.shown.length);
      this.count.replaceChildren();
      const range = this.shown.length ? (from + 1) + "–" + to : "0";
      both(this.count, ["第 " + range + " 行，共 " + this.shown.length + " 行" + (this.shown.length < this.rows.length ? "（全部 " + this.rows.length + "）" : ""), range + " of " + this.shown.length + (this.shown.length < this.rows.length ? " (" + this.rows.length + " in all)" : "")]);
      this.table.querySelectorAll("thead th").forEach((cell, at) => {
        if (this.sort === at) cell.setAttribute("aria-sort", this.down ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
      const rows = document.createDocumentFragment();
      for (let at = from; at < to; at += 1) this.row(rows, this.shown[at], at);
      this.body.replaceChildren(rows);
      this.turn(from, to);
    }
    row(rows, row, at) {
      const line = add(rows, "tr");
      line.dataset.at = at;
      const opened = this.open.has(row);
      this.columns.forEach((column) => {
        const cell = add(line, column.head ? "th" : "td", null, column.number ? "n" : column.head ? "name" : "");
        if (column.head) cell.scope = "row";
        both(add(cell, "span", null, "on-phone"), column.name);
        if (column.head && this.opens) {
          const button = add(cell, "button", column.value(row) || "—", "open printed");
          button.type = "button";
          button.setAttribute("aria-expanded", String(opened));
          button.addEventListener("click", () => this.toggle(row, at));
          column.after?.(cell, row);
        } else if (column.fill) column.fill(cell, row);
        else add(cell, "span", dash(column.value(row)), column.printed ? "printed" : "");
      });
      if (!opened) return;
      const told = add(add(rows, "tr", null, "told"), "td");
      told.colSpan = this.columns.length;
      this.opens(told, row);
    }
    turn(from, to) {
      this.pager.replaceChildren();
      const pages = Math.ceil(this.shown.length / this.size);
      if (pages < 2) return;
      const button = (page, zh, en, off) => {
        const made = words(this.pager, "button", zh, en);
        made.type = "button";
        made.disabled = off;
        made.addEventListener("click", () => this.go(page));
      };
      button(0, "首页", "First", from === 0);
      button(this.page - 1, "上一页", "Previous", from === 0);
      words(this.pager, "span", "第 " + (this.page + 1) + " / " + pages + " 页", "page " + (this.page + 1) + " of " + pages);
      button(this.page + 1, "下一页", "Next", to >= this.shown.length);
      button(pages - 1, "末页", "Last", to >= this.shown.length);
    }
  }

  const marks = (cell, counts) => {
    FAMILIES.forEach((family, at) => {
      if (!counts[at]) return;
      const mark = add(cell, "span", null, "mark " + family);
      both(mark, [NAMES[family][0] + " " + counts[at], NAMES[family][1] + " " + counts[at]]);
    });
    if (!counts.some(Boolean)) add(cell, "span", "—", "quiet");
  };
  const scores = (cell, digits, grade) => {
    add(cell, "span", dash(digits), "digits");
    if (grade) add(cell, "span", " " + grade, "printed");
  };
  const under = (cell, row) => {
    const parts = [row.y || "", row.u, row.k].filter(Boolean).join(" · ");
    add(cell, "small", parts, "printed");
    if (!row.c?.length) return;
    const [zh, en] = data.checks[row.c[0]], more = row.c.length;
    both(add(cell, "small"), more > 1 ? [zh + " 等 " + more + " 项", en + " and " + (more - 1) + " more"] : [zh, en]);
  };
  const severity = (row) => row.n[0] * 1e8 + row.n[1] * 1e4 + row.n[2];

  const told = (place, form) => {
    const detail = detailOf(form);
    if (!detail) {
      words(place, "p", "这张表的详情不在本页，请看 JSON 或 XLSX。文件：" + form.f, "What is told of this form is not in the page: see the JSON or XLSX. File: " + form.f, "note");
      return;
    }
    const why = add(place, "p", null, "why");
    words(why, "b", "为什么排在第 " + form.p + " 位：", "Why it is number " + form.p + ": ");
    both(why, [detail.why.map((each) => each[0]).join("；") + "。", detail.why.map((each) => each[1]).join("; ") + "."]);
    if (detail.supported) both(add(place, "p"), detail.supported);
    for (const remark of detail.remarks) both(add(place, "p", null, "quiet"), remark);
    if (detail.findings.length) findings(place, form, detail.findings);
    else words(place, "p", "这张表没有疑点。", "Nothing in this form raised a question.", "quiet");
    if (detail.changes) changes(place, detail.changes, form);
    lines(place, detail.lines, form);
    undecided(place, detail.open);
    const source = add(place, "p", null, "quiet");
    both(source, ["规则：" + detail.book[0] + "（" + detail.book[4] + "），" + detail.book[2], "Rulebook: " + detail.book[1] + " (" + detail.book[4] + "), " + detail.book[3]]);
    add(source, "br");
    both(source, ["文件：", "File: "]);
    add(source, "span", form.f, "printed");
  };
  const findings = (place, form, found) => {
    const list = add(place, "ol", null, "findings");
    for (const family of FAMILIES) {
      for (const it of found.filter((each) => each.f === family)) {
        const item = add(list, "li", null, "finding" + (it.o ? "" : " waived"));
        const head = add(item, "p", null, "finding-head");
        both(add(head, "span", null, "mark " + family), NAMES[family]);
        both(add(head, "b"), data.checks[it.c]);
        add(head, "code", it.c);
        both(add(head, "span", null, "quiet"), it.v);
        if (it.s) both(add(head, "span", null, "state"), ["说明：" + it.s[0], "waiver: " + it.s[1]]);
        both(add(item, "p", null, "ask"), it.a);
        const facts = add(item, "dl");
        const fact = (zh, en, pair) => {
          const row = add(facts, "div");
          words(row, "dt", zh, en);
          both(add(row, "dd"), pair);
        };
        fact("读到", "Read", it.r);
        fact("应为", "Expected", it.e);
        if (it.l) fact("依据", "Clause", [it.l[0] + "（" + it.l[1] + "）", it.l[0] + " (" + it.l[2] + ")"]);
        fact("位置", "Where", [it.n[0] + (it.w[0] === "—" ? "" : " · " + it.w[0]), it.n[1] + (it.w[1] === "—" ? "" : " · " + it.w[1])]);
        const more = add(item, "details");
        words(more, "summary", "说明用文本", "Text for a waiver");
        add(more, "pre", draft(form, it));
      }
    }
  };
  const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");
  const draft = (form, it) => [
    "[[waiver]]", "year = " + form.y, "unit = " + quoted(form.u), "project = " + quoted(form.t), "code = " + quoted(form.k),
    "check = " + quoted(it.c), "pointer = " + quoted(it.p), "read = " + quoted(it.h), 'who = ""', 'reason = ""',
    "on = " + data.day, "until = " + data.day,
  ].join("\n");
  const lines = (place, rows, form) => {
    const wrong = rows.filter((line) => line[5] === false).length;
    const more = add(place, "details", null, "lines");
    words(more, "summary", "自评与重算逐行对照" + (wrong ? "，不一致 " + wrong + " 行" : ""), "Claimed and recomputed, line by line" + (wrong ? ", " + wrong + " differ" : ""));
    if (wrong) more.open = true;
    const table = add(more, "table", null, "small");
    const head = add(add(table, "thead"), "tr");
    for (const name of [["行", "Line"], ["自评", "Claimed"], ["", ""], ["重算", "Recomputed"], ["下限", "Low end"]]) both(add(head, "th"), name).scope = "col";
    const body = add(table, "tbody");
    for (const [zh, en, claimed, computed, low, agrees] of rows) {
      const row = add(body, "tr", null, agrees === false ? "differs" : "");
      both(add(row, "th"), [zh, en]).scope = "row";
      add(row, "td", dash(claimed), "n");
      const sign = add(row, "td", agrees === true ? "=" : agrees === false ? "≠" : "?", "n");
      sign.setAttribute("aria-label", agrees === true ? "一致 agrees" : agrees === false ? "不一致 differs" : "不能判断 undecided");
      add(row, "td", dash(computed), "n");
      add(row, "td", dash(low), "n");
    }
    const row = add(body, "tr", null, form.s[0] !== null && form.s[1] !== null && compareDigits(form.s[0], form.s[1]) ? "differs total" : "total");
    both(add(row, "th"), ["总分", "Total"]).scope = "row";
    scores(add(row, "td", null, "n"), form.s[0], form.g[0]);
    add(row, "td");
    scores(add(row, "td", null, "n"), form.s[1], form.g[1]);
    add(row, "td", dash(form.s[2]), "n");
  };
  const changes = (place, it, form) => {
    const box = add(place, "div", null, "changes");
    words(box, "b", "与上年相比（上年表在第 " + dash(form.l) + " 位）", "Since last year (last year's form is number " + dash(form.l) + ")");
    const list = add(box, "ul");
    const before = byPosition.get(form.l);
    if (before) words(list, "li", "自评 " + dash(before.s[0]) + " → " + dash(form.s[0]) + "，重算 " + dash(before.s[1]) + " → " + dash(form.s[1]), "claimed " + dash(before.s[0]) + " → " + dash(form.s[0]) + ", recomputed " + dash(before.s[1]) + " → " + dash(form.s[1]));
    words(list, "li", "年初预算 " + grouped(it.money[0]) + " → " + grouped(it.money[1]) + " 元", "initial budget " + grouped(it.money[0]) + " → " + grouped(it.money[1]) + " yuan");
    const moved = (rows, zh, en) => {
      if (rows.length) words(list, "li", zh + " " + rows.length + "：" + rows.map((r) => r[0] + " " + r[1] + " → " + r[2]).join("；"), en + " " + rows.length + ": " + rows.map((r) => r[0] + " " + r[1] + " → " + r[2]).join("; "));
    };
    moved(it.lowered, "目标降低", "targets lowered");
    moved(it.raised, "目标提高", "targets raised");
    moved(it.weights, "分值变动", "points moved");
    const named = (names, zh, en) => { if (names.length) words(list, "li", zh + " " + names.length + "：" + names.join("；"), en + " " + names.length + ": " + names.join("; ")); };
    named(it.added, "新增指标", "new indicators");
    named(it.dropped, "去掉的指标", "indicators dropped");
    named(it.copied, "与上年一字不差的文字", "texts letter by letter last year's");
  };
  const undecided = (place, rows) => {
    if (!rows.length) return;
    const more = add(place, "details");
    words(more, "summary", "未能判断的检查 " + rows.length, rows.length + " checks could not decide");
    const list = add(more, "ul");
    for (const [code, zh, en] of rows) both(add(list, "li"), [code + " " + data.titles[code][0] + "，需要：" + zh, code + " " + data.titles[code][1] + "; needs " + en]);
  };

  const go = (row) => byPosition.get(row.p);
  const project = { name: ["项目", "Project"], head: true, value: (row) => row.t, after: under, printed: true };
  const money = (name, at) => ({ name, number: true, value: (row) => row.m?.[at] ?? null, compare: compareDigits, fill: (cell, row) => add(cell, "span", grouped(row.m?.[at])) });
  const points = (name, key, at, grade) => ({ name, number: true, value: (row) => row[key]?.[at] ?? null, compare: compareDigits, fill: (cell, row) => scores(cell, row[key]?.[at], grade === undefined ? "" : row.g[grade]) });
  const position = { name: ["位次", "No."], number: true, value: (row) => row.p, compare: compareNumbers };
  const asked = { name: ["疑点", "Findings"], number: true, value: severity, compare: compareNumbers, fill: (cell, row) => marks(cell, row.n) };
  lists.forms = new List("forms", [
    position, project, asked, points(["自评", "Claimed"], "s", 0, 0), points(["重算", "Recomputed"], "s", 1, 1),
    points(["下限", "Low end"], "s", 2), money(["全年预算（元）", "Budget (yuan)"], 1),
  ], data.forms, told);
  const sums = [
    { name: ["名称", "Name"], head: true, value: (row) => row.t, fill: (cell, row) => { add(cell, "span", dash(row.t), "printed"); } },
    { name: ["年度", "Year"], number: true, value: (row) => row.y, compare: compareNumbers, fill: (cell, row) => add(cell, "span", row.y || "—") },
    { name: ["表", "Forms"], number: true, value: (row) => row.forms, compare: compareNumbers },
    asked, points(["自评均分", "Claimed, mean"], "means", 0), points(["自评中位", "median"], "means", 1), points(["重算均分", "Recomputed, mean"], "means", 2), points(["下限均分", "Low end, mean"], "means", 3),
    money(["年初预算（元）", "Initial (yuan)"], 0), money(["全年预算（元）", "Adjusted (yuan)"], 1), money(["全年执行（元）", "Executed (yuan)"], 2),
    { name: ["自评等级", "Grades claimed"], value: (row) => row.grades[0] }, { name: ["重算等级", "Grades recomputed"], value: (row) => row.grades[1] },
    { name: ["已说明", "Waived"], number: true, value: (row) => row.w, compare: compareNumbers },
    { name: ["未能判断", "Undecided"], number: true, value: (row) => row.o, compare: compareNumbers },
    { name: ["恰好等于指标值", "Exactly the target"], number: true, value: (row) => (row.exact[1] ? Math.floor((row.exact[0] * 10000) / row.exact[1]) : -1), compare: compareNumbers, fill: (cell, row) => add(cell, "span", row.exact[0] + " / " + row.exact[1]) },
  ];
  lists.units = new List("units", sums, data.units);
  lists.departments = new List("departments", sums, data.departments);
  lists.years = new List("years", [
    position, project, { name: ["配对", "Paired"], value: (row) => row.by[spoken()], fill: (cell, row) => both(cell, row.by) },
    points(["上年自评", "Claimed, last year"], "s", 0), points(["今年自评", "this year"], "s", 1),
    money(["上年年初预算（元）", "Initial, last year (yuan)"], 0), money(["今年年初预算（元）", "this year (yuan)"], 1),
  ], data.years, (place, row) => told(place, go(row)));
  lists.sample = new List("sample", [
    position, project, { name: ["入样概率（%）", "Probability (%)"], number: true, value: (row) => row.share, compare: compareDigits },
    { name: ["精确", "exact"], value: (row) => row.exact },
  ], data.sample, (place, row) => told(place, go(row)));
  lists.waivers = new List("waivers", [
    { ...project, after: under, fill: (cell, row) => { add(cell, "span", row.t, "printed"); under(cell, row); } },
    { name: ["检查", "Check"], value: (row) => row.c }, { name: ["指针", "Pointer"], value: (row) => row.p },
    { name: ["说明人", "Who"], value: (row) => row.who, printed: true }, { name: ["理由", "Reason"], value: (row) => row.why, printed: true },
    { name: ["期限", "Days"], value: (row) => row.days }, { name: ["现状", "State"], value: (row) => row.state[spoken()], fill: (cell, row) => both(add(cell, row.holds ? "span" : "b"), row.state) },
  ], data.waivers);
  lists.errors = new List("errors", [
    { name: ["文件", "File"], head: true, value: (row) => row[0], printed: true },
    { name: ["原因", "Why"], value: (row) => row[1 + spoken()], fill: (cell, row) => both(cell, row.slice(1, 3)) },
    { name: ["怎么办", "What to do"], value: (row) => row[3 + spoken()], fill: (cell, row) => both(cell, row.slice(3, 5)) },
  ], data.errors);

  const field = (name) => document.getElementById(name);
  const fill = (select, options) => {
    const chosen = select.value;
    select.replaceChildren();
    for (const [value, zh, en] of [["", "全部", "all"], ...options]) {
      const option = add(select, "option", spoken() ? en : zh);
      option.value = value;
    }
    select.value = chosen;
  };
  const distinct = (value) => [...new Set(data.forms.map(value))].filter((each) => each !== "" && each !== 0).sort((a, b) => compareTexts(String(a), String(b)));
  const choices = () => {
    const same = (each) => [String(each), String(each), String(each)];
    fill(field("f-year"), distinct((row) => row.y).reverse().map(same));
    fill(field("f-unit"), distinct((row) => row.u).map(same));
    fill(field("f-family"), FAMILIES.map((family) => [family, "有" + NAMES[family][0] + "疑点", "with " + NAMES[family][1].toLowerCase()]).concat([["none", "没有疑点", "no finding"]]));
    fill(field("f-check"), Object.entries(data.checks).map(([code, [zh, en]]) => [code, code + " " + zh, code + " " + en]));
    fill(field("f-grade"), distinct((row) => row.g[1]).map(same).concat([["—", "不能重算", "not recomputed"]]));
  };
  const sift = () => {
    const asked = field("q").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const [year, unit, family, check, grade] = ["f-year", "f-unit", "f-family", "f-check", "f-grade"].map((name) => field(name).value);
    const sampled = field("f-sample")?.checked;
    lists.forms.filter((row) => {
      const text = [row.t, row.u, row.d, row.k, row.f, row.y].join(" ").toLowerCase();
      return asked.every((word) => text.includes(word)) && (!year || String(row.y) === year) && (!unit || row.u === unit)
        && (!family || (family === "none" ? !row.n.some(Boolean) : row.n[FAMILIES.indexOf(family)] > 0))
        && (!check || row.c.includes(check)) && (!grade || (row.g[1] || "—") === grade) && (!sampled || row.x === 1);
    });
  };
  let waiting = 0;
  field("filters").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(sift, 120); });
  field("filters").addEventListener("submit", (event) => { event.preventDefault(); sift(); });
  field("filters").addEventListener("reset", () => setTimeout(sift));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    location.hash = "#forms";
    field("q").focus();
  });

  const show = () => {
    const [asked] = location.hash.slice(1).split("/");
    const known = document.getElementById("view-" + asked) ? asked : "forms";
    for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== "view-" + known;
    for (const link of document.querySelectorAll(".tabs a")) {
      if (link.hash === "#" + known) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };
  // #forms/12 leads to the form that is number 12, opened.
  const reach = () => {
    const form = byPosition.get(Number(location.hash.split("/")[1]));
    const at = form ? lists.forms.shown.indexOf(form) : -1;
    if (at < 0) return;
    lists.forms.open.add(form);
    lists.forms.page = Math.floor(at / lists.forms.size);
    lists.forms.draw();
    lists.forms.body.querySelector('tr[data-at="' + at + '"]').scrollIntoView();
  };
  window.addEventListener("hashchange", () => { show(); reach(); });
  const settle = () => { document.documentElement.lang = spoken() ? "en" : "zh-CN"; choices(); };
  for (const name of ["lang-zh", "lang-en"]) field(name).addEventListener("change", settle);
  const resize = (size) => { for (const list of Object.values(lists)) { list.page = 0; list.size = size; list.draw(); } };
  window.addEventListener("beforeprint", () => resize(PRINTED));
  window.addEventListener("afterprint", () => resize(PAGE));
  settle();
  show();
  reach();
})();
