// Files dropped on the page go where chosen ones go; what was chosen is told in words.

const form = document.querySelector("form[data-drop]");
const zone = form?.querySelector(".drop-zone");
const input = form?.querySelector("input[type=file]");

function size(bytes) {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function tell() {
  const out = zone.querySelector("output");
  const words = document.documentElement.lang === "en" ? out.dataset.wordsEn : out.dataset.wordsZh;
  const bytes = [...input.files].reduce((sum, file) => sum + file.size, 0);
  out.textContent = input.files.length
    ? words.replace("{n}", input.files.length).replace("{size}", size(bytes)) : "";
}

if (form) {
  input.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      tell();
    }
  });
  form.addEventListener("submit", () => { form.querySelector("button.main").disabled = true; });
  addEventListener("pageshow", () => { form.querySelector("button.main").disabled = false; tell(); });
}
