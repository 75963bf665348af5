// The sign-in page of a demo: a click on an account fills in its name and password.

for (const account of document.querySelectorAll("button[data-username]")) {
  account.addEventListener("click", () => {
    const password = document.querySelector("input[type=password]");
    if (!password) return;
    const form = password.form;
    form.querySelector("input[name=login], input[name=username]").value = account.dataset.username;
    password.value = account.dataset.password;
    form.querySelector("button:not([type=button])").focus();
  });
}
