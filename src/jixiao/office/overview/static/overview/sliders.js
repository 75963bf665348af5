// Beside each number that has two ends stands a slider; moving it fills in the number, which the form then sends.

for (const field of document.querySelectorAll("input[data-slider]")) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = field.min;
  slider.max = field.max;
  slider.step = Number(field.max) - Number(field.min) <= 1 ? "0.01" : "1";
  slider.value = field.value || field.dataset.slider;
  slider.setAttribute("aria-label", field.labels[0].textContent);
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value || field.dataset.slider; });
  field.after(slider);
}
