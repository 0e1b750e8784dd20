// All charts: each is made when it comes near the screen and released when it is far from it.
var charts = new Map(); // figure -> {figure, plot, chart, model, shown, range, readout, views}

function load(entry) {
  if (!entry.model) { entry.model = modelOf(JSON.parse(entry.figure.querySelector("script.data").textContent)); }
}
function build(entry) {
  if (entry.chart || !window.uPlot || !entry.plot.clientWidth) { return; }
  load(entry);
  if (!entry.readout) { addBar(entry); }
  var view = entry.shown || firstView(entry);
  entry.chart = new uPlot(optionsOf(entry, colours()), entry.model.data, entry.plot);
  // What the plot says stands in its label; what is drawn inside has no words of its own.
  Array.from(entry.plot.children).forEach(function (part) { part.setAttribute("aria-hidden", "true"); });
  setView(entry, view[0], view[1]);
}
function drop(entry) {
  if (entry.chart) { entry.chart.destroy(); entry.chart = null; }
}
function rebuildCharts() {
  charts.forEach(function (entry) { if (entry.chart) { drop(entry); build(entry); } });
}

var nearScreen = new IntersectionObserver(function (seen) {
  seen.forEach(function (item) {
    var entry = charts.get(item.target);
    if (item.isIntersecting) { build(entry); } else { drop(entry); }
  });
}, { rootMargin: "400px" });
document.querySelectorAll("figure.chart").forEach(function (figure) {
  charts.set(figure, { figure: figure, plot: figure.querySelector(".plot"), chart: null, model: null });
  nearScreen.observe(figure);
});
document.addEventListener("toggle", function (event) {
  var fold = event.target;
  if (!fold.classList.contains("data-table") || !fold.open || fold.querySelector("table")) { return; }
  var entry = charts.get(fold.closest("figure"));
  load(entry);
  addTable(entry);
}, true);

var resizing = 0;
window.addEventListener("resize", function () {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(function () {
    charts.forEach(function (entry) { if (entry.chart && entry.plot.clientWidth) { entry.chart.setSize(sizeOf(entry.plot)); } });
  });
});

themeButton.addEventListener("click", function () {
  setState({ theme: isDark() ? "light" : "dark" });
  showTheme();
  rebuildCharts();
});
systemDark.addEventListener("change", function () { showTheme(); rebuildCharts(); });
window.matchMedia("(forced-colors: active)").addEventListener("change", rebuildCharts);
showTheme();
