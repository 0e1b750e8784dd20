// Print: light colours, paper width, every chart that is not folded away.
window.addEventListener("beforeprint", function () {
  root.dataset.theme = "light";
  root.classList.add("printing");
  charts.forEach(function (entry) {
    if (entry.figure.closest("details:not([open])")) { return; }
    drop(entry);
    build(entry);
  });
});
window.addEventListener("afterprint", function () {
  root.classList.remove("printing");
  showTheme();
  charts.forEach(drop);
  charts.forEach(function (entry) { nearScreen.unobserve(entry.figure); nearScreen.observe(entry.figure); });
});

follow();
