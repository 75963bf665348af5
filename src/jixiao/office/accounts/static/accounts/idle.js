// Signs of life: warns before a session ends for want of them, and keeps the page as it is when it has ended.
// Other modules tell that the server has signed the person out by the event "jixiao:signed-out" on document.

const dialog = document.getElementById("idle");
const WARN = 120;
let ends = 0;
let timer = 0;
let counting = 0;

async function ask(method) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const answer = await fetch(dialog.dataset.alive, { method, headers: { "X-CSRFToken": token } });
  if (!answer.ok) throw new Error(String(answer.status));
  const state = await answer.json();
  state.same = String(state.user) === dialog.dataset.user;
  if (state.same) renew(state.token);
  return state;
}

function renew(token) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  if (document.body.hasAttribute("hx-headers")) document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

function plan(left) {
  ends = Date.now() + left * 1000;
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, left - WARN) * 1000);
}

async function look() {
  try {
    settle(await ask("GET"));
  } catch {
    timer = setTimeout(look, 15000); // the connection is gone: nothing is known, so nothing is said
  }
}

function settle(state) {
  if (!state.same || state.left <= 0) return show("out");
  if (state.left <= WARN + 2) {
    ends = Date.now() + state.left * 1000;
    return show("soon");
  }
  hide();
  plan(state.left);
}

function show(which) {
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== which;
  dialog.querySelector("[data-not]").hidden = true;
  if (!dialog.open) dialog.showModal();
  clearInterval(counting);
  if (which !== "soon") return;
  const count = dialog.querySelector("[data-count]");
  const tick = () => {
    const left = Math.round((ends - Date.now()) / 1000);
    count.textContent = String(Math.max(0, left));
    if (left < 0) {
      clearInterval(counting);
      look();
    }
  };
  tick();
  counting = setInterval(tick, 1000);
}

function hide() {
  clearInterval(counting);
  if (dialog.open) dialog.close();
}

function start() {
  plan(Number(dialog.dataset.left));
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.querySelector("[data-stay]").addEventListener("click", async () => settle(await ask("POST")));
  dialog.querySelector("[data-back]").addEventListener("click", async () => {
    const state = await ask("GET");
    if (state.same && state.left > 0) settle(state);
    else dialog.querySelector("[data-not]").hidden = false;
  });
  document.addEventListener("jixiao:signed-out", () => show("out"));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) show("out");
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && Date.now() > ends - WARN * 1000) look();
  });
  document.addEventListener("submit", async (event) => {
    if (Date.now() < ends || event.target.method === "dialog") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    const state = await ask("GET");
    settle(state);
    if (state.same && state.left > 0) target.requestSubmit(submitter);
  }, true);
}

if (dialog && Number(dialog.dataset.left) > 0) start();

// A field that holds something to copy is wholly marked when it is entered.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("input[data-select]")) event.target.select();
});
