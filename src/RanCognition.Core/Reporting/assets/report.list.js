// The list of problems or loops: find, sort, filter, open; and links to one of them.
var list = document.getElementById("list");
var rowWord = list && list.dataset.one || "problem"; // what a row is called
var rows = list ? Array.from(list.children).filter(function (row) { return row.classList.contains("problem"); }) : [];
var find = document.getElementById("find"), sort = document.getElementById("sort"), kind = document.getElementById("kind");
var found = document.getElementById("found"), clear = document.getElementById("clear");
var stateButtons = Array.from(document.querySelectorAll(".states button"));
var written = new Map(rows.map(function (row, index) { return [row, index]; }));
var texts = new Map(); // made at the first search
var following = false; // true while the page itself opens and closes rows to follow the address

function textOf(row) {
  var text = texts.get(row);
  if (text === undefined) { texts.set(row, text = (row.firstElementChild.textContent + "\n" + row.dataset.find + "\n" + row.dataset.kinds.replace(/_/g, " ")).toLowerCase()); }
  return text;
}

function filterRows() {
  var words = (state.find || "").toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
  var states = (state.state || "").split(" ").filter(Boolean);
  rows.forEach(function (row) {
    var fits = (!states.length || states.indexOf(row.dataset.state) >= 0) && (!state.kind || (" " + row.dataset.kinds + " ").indexOf(" " + state.kind + " ") >= 0)
      && words.every(function (word) { return textOf(row).indexOf(word) >= 0; });
    if (row.hidden === fits) { row.hidden = !fits; }
    shown += fits ? 1 : 0;
  });
  var some = words.length || states.length || state.kind;
  found.textContent = shown === 0 ? "No " + rowWord + " fits: clear a filter or search for less." : some ? shown + " of " + rows.length + " " + rowWord + "s shown" : rows.length + " " + rowWord + (rows.length === 1 ? "" : "s");
  clear.hidden = !some;
}

function sortRows() {
  var key = sort.value;
  var ordered = rows.slice().sort(function (a, b) {
    var x = a.dataset[key], y = b.dataset[key];
    return (key === "name" ? x.localeCompare(y, "en", { numeric: true }) : key === "order" ? 0 : Number(y) - Number(x)) || written.get(a) - written.get(b);
  });
  if (ordered.some(function (row, index) { return list.children[index] !== row; })) { list.append.apply(list, ordered); }
}

// By name before number: a problem may be called as another one is numbered.
function rowOf(name) {
  return rows.find(function (row) { return row.dataset.name === name; }) || rows.find(function (row) { return row.id === name; });
}
// Names that several problems share cannot be links: those have their number.
function nameOf(row) {
  return rows.find(function (other) { return other.dataset.name === row.dataset.name; }) === row ? row.dataset.name : row.id;
}

// Shows what the address says.
function follow() {
  readState();
  showTheme();
  if (!list) { return; }
  var target = state.cell ? rowOf(state.cell) : rows.find(function (row) { return row.id === location.hash.slice(1); });
  find.value = state.find || "";
  sort.value = state.sort || "order";
  if (!sort.value) { sort.value = "order"; }
  kind.value = state.kind || "";
  if (kind.selectedIndex < 0) { kind.value = ""; }
  if (kind.value) { state.kind = kind.value; } else { delete state.kind; }
  stateButtons.forEach(function (one) { one.setAttribute("aria-pressed", String((" " + (state.state || "") + " ").indexOf(" " + one.dataset.state + " ") >= 0)); });
  sortRows();
  filterRows();
  following = true;
  if (target) {
    target.hidden = false;
    target.open = true;
    target.scrollIntoView({ block: "start" });
    target.firstElementChild.focus({ preventScroll: true });
  } else if (rows.length > 1) {
    rows.forEach(function (row) { if (row.open && row.dataset.linked) { row.open = false; } });
  }
  if (target) { target.dataset.linked = "yes"; }
  setTimeout(function () { following = false; }, 0);
}

if (list) {
  var typing = 0;
  find.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(function () { setState({ find: find.value.trim() }); filterRows(); }, 60);
  });
  sort.addEventListener("change", function () { setState({ sort: sort.value === "order" ? "" : sort.value }); sortRows(); });
  kind.addEventListener("change", function () { setState({ kind: kind.value }); filterRows(); });
  stateButtons.forEach(function (one) {
    one.addEventListener("click", function () {
      one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
      setState({ state: stateButtons.filter(function (other) { return other.getAttribute("aria-pressed") === "true"; }).map(function (other) { return other.dataset.state; }).join(" ") });
      filterRows();
    });
  });
  clear.addEventListener("click", function () {
    setState({ find: "", kind: "", state: "" });
    follow();
    find.focus();
  });
  document.querySelectorAll("button[data-open]").forEach(function (one) {
    one.addEventListener("click", function () {
      following = true;
      rows.forEach(function (row) { if (!row.hidden) { row.open = one.dataset.open === "all"; } });
      setState({ cell: "" });
      setTimeout(function () { following = false; }, 50);
    });
  });
  list.addEventListener("toggle", function (event) {
    var row = event.target;
    if (following || !written.has(row)) { return; }
    row.dataset.linked = "yes";
    if (row.open) { setState({ cell: nameOf(row) }, true); } else if (state.cell === nameOf(row)) { setState({ cell: "" }, true); }
  }, true);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented) { return; }
    if (event.target === find) { find.value = ""; setState({ find: "" }); filterRows(); event.preventDefault(); return; }
    var row = event.target.closest && event.target.closest("details.problem");
    if (row && row.open) { row.open = false; row.firstElementChild.focus(); }
  });
}
window.addEventListener("hashchange", follow);
window.addEventListener("popstate", follow);
