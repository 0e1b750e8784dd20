// What part of a chart is shown: buttons in a toolbar that is one stop of the tab key, arrow keys inside it, Esc for all at first.
function button(text, label, press) {
  var made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  if (label) { made.setAttribute("aria-label", label); made.title = label; }
  made.addEventListener("click", press);
  return made;
}

function edges(entry) {
  var x = entry.model.data[0];
  return [x[0], x[x.length - 1]];
}
function firstView(entry) {
  var all = edges(entry);
  return [entry.model.recent === null ? all[0] : entry.model.recent, all[1]];
}
function setView(entry, from, to) {
  var all = edges(entry), width = Math.min(to - from, all[1] - all[0]);
  from = Math.max(all[0], Math.min(from, all[1] - width));
  if (entry.chart && width > 0) { entry.chart.setScale("x", { min: from, max: from + width }); }
}
function zoom(entry, factor) {
  var s = entry.chart.scales.x, x = entry.model.data[0], width = Math.max((s.max - s.min) * factor, (edges(entry)[1] - x[0]) / x.length * 3);
  var middle = (s.min + s.max) / 2;
  setView(entry, middle - width / 2, middle + width / 2);
  tellView(entry);
}
function pan(entry, share) {
  var s = entry.chart.scales.x, by = (s.max - s.min) * share;
  setView(entry, s.min + by, s.max + by);
  tellView(entry);
}
// Said aloud only when a button moved the view.
function tellView(entry) {
  var s = entry.chart.scales.x;
  entry.range.textContent = when(entry.model, s.min) + " to " + when(entry.model, s.max);
}
function resetView(entry) {
  var view = firstView(entry);
  setView(entry, view[0], view[1]);
  entry.range.textContent = "";
}
function isAtFirst(entry) {
  var view = firstView(entry), s = entry.chart.scales.x;
  return s.min === view[0] && s.max === view[1];
}
function showView(entry, u) {
  entry.shown = [u.scales.x.min, u.scales.x.max];
  if (!entry.views) { return; }
  var all = edges(entry), full = u.scales.x.min <= all[0] && u.scales.x.max >= all[1];
  entry.views[0].setAttribute("aria-pressed", String(!full && u.scales.x.min === entry.model.recent));
  entry.views[1].setAttribute("aria-pressed", String(full));
}

function readOut(entry, u) {
  var i = u.cursor.idx, d = entry.model.data;
  if (i === null || i === undefined) { entry.readout.textContent = ""; return; }
  var parts = [when(entry.model, d[0][i])];
  if (d[1][i] !== undefined) { parts.push("value " + number(d[1][i])); }
  var ahead = entry.model.from !== null && d[0][i] >= entry.model.from;
  if (ahead && d[6][i] !== undefined) { parts.push("forecast " + number(d[6][i])); }
  if (ahead && d[2][i] !== undefined && d[3][i] !== undefined) { parts.push("outer band " + number(d[2][i]) + " to " + number(d[3][i])); }
  if (d[7][i] !== undefined) { parts.push("anomaly"); }
  entry.readout.textContent = parts.join("  ·  ");
}

function addBar(entry) {
  var bar = entry.figure.querySelector(".bar"), tools = document.createElement("div"), buttons = [];
  entry.readout = document.createElement("p");
  entry.readout.className = "readout";
  entry.readout.setAttribute("aria-hidden", "true");
  entry.range = document.createElement("p");
  entry.range.className = "range";
  entry.range.setAttribute("role", "status");
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", "Part of the chart that is shown");
  if (entry.model.recent !== null) {
    entry.views = [button("Recent", "", function () { resetView(entry); tellView(entry); }),
      button("All history", "", function () { var all = edges(entry); setView(entry, all[0], all[1]); tellView(entry); })];
    buttons = buttons.concat(entry.views);
  }
  buttons.push(button("+", "Zoom in", function () { zoom(entry, 0.5); }), button("−", "Zoom out", function () { zoom(entry, 2); }),
    button("←", "Earlier", function () { pan(entry, -0.5); }), button("→", "Later", function () { pan(entry, 0.5); }));
  buttons.forEach(function (one, i) { one.tabIndex = i ? -1 : 0; tools.appendChild(one); });
  tools.addEventListener("keydown", function (event) {
    var at = buttons.indexOf(document.activeElement), last = buttons.length - 1;
    var to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined || at < 0) { return; }
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  });
  entry.figure.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && entry.chart && !isAtFirst(entry)) { resetView(entry); event.stopPropagation(); }
  });
  entry.plot.addEventListener("dblclick", function () { resetView(entry); });
  bar.append(entry.readout, entry.range, tools);
}
