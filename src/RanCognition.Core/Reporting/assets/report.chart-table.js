// The chart's numbers as a table, made when it is opened.
function cell(row, tag, text, label) {
  var made = document.createElement(tag);
  made.textContent = text;
  if (tag === "th") { made.scope = label; }
  row.appendChild(made);
}
function addTable(entry) {
  var fold = entry.figure.querySelector("details.data-table"), model = entry.model, d = model.data;
  var title = fold.closest(".metric").querySelector(".name").textContent;
  var columns = [model.utc ? "Time (UTC)" : model.timed ? "Time" : "Sample", "Value"];
  if (model.hasForecast) { columns.push("Forecast", "Lower", "Upper"); }
  columns.push("Note");
  var box = document.createElement("div"), table = document.createElement("table"), body = document.createElement("tbody");
  box.className = "scroll tall";
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Data of the chart of " + title);
  table.createCaption().textContent = "What the chart of " + title + " shows, latest first";
  var head = table.createTHead().insertRow();
  columns.forEach(function (name) { cell(head, "th", name, "col"); });
  for (var i = d[0].length - 1; i >= 0; i--) {
    var row = document.createElement("tr"), ahead = model.from !== null && d[0][i] >= model.from, notes = [];
    cell(row, "th", when(model, d[0][i]).replace(" UTC", ""), "row");
    cell(row, "td", number(d[1][i]));
    if (model.hasForecast) { [6, 2, 3].forEach(function (k) { cell(row, "td", ahead ? number(d[k][i]) : "–"); }); }
    if (d[7][i] !== undefined) { notes.push("anomaly"); }
    if (model.changes.indexOf(d[0][i]) >= 0) { notes.push("change of level"); }
    cell(row, "td", notes.join(", "));
    body.appendChild(row);
  }
  table.appendChild(body);
  box.appendChild(table);
  fold.appendChild(box);
}
