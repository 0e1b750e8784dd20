// Times and ids have more digits than a number here holds: what seems equal is compared by all of them.
function byNumber(a, b) {
  return Number(a) - Number(b) || (/^\d{16,}$/.test(a) && /^\d{16,}$/.test(b) ? Number(BigInt(a) - BigInt(b)) : 0);
}
// Column heads of tables become buttons that sort.
document.addEventListener("click", function (event) {
  var head = event.target.closest("table.sortable > thead th");
  if (!head || !event.target.closest("button")) { return; }
  var table = head.closest("table"), body = table.tBodies[0], heads = Array.from(head.parentNode.cells), column = heads.indexOf(head);
  var entries = Array.from(body.rows).map(function (row, index) {
    var at = row.cells[column];
    return { row: row, key: at.dataset.sort === undefined ? at.textContent.trim() : at.dataset.sort, index: index };
  });
  var isNumber = entries.every(function (entry) { return entry.key === "" || isFinite(Number(entry.key)); });
  // Numbers show the largest first; what is missing stays last.
  var down = head.getAttribute("aria-sort") === "none" ? isNumber : head.getAttribute("aria-sort") === "ascending";
  heads.forEach(function (other) { if (other.hasAttribute("aria-sort")) { other.setAttribute("aria-sort", "none"); } });
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  entries.sort(function (a, b) {
    if (!a.key || !b.key) { return (a.key ? 0 : 1) - (b.key ? 0 : 1) || a.index - b.index; }
    var order = isNumber ? byNumber(a.key, b.key) : a.key.localeCompare(b.key, "en", { numeric: true });
    return (down ? -order : order) || a.index - b.index;
  });
  body.append.apply(body, entries.map(function (entry) { return entry.row; }));
});
document.querySelectorAll("table.sortable").forEach(function (table) {
  if (table.tBodies[0].rows.length < 2) { return; }
  Array.from(table.tHead.rows[0].cells).forEach(function (head) {
    if (!head.textContent) { return; }
    var made = button(head.textContent, "", function () {});
    head.textContent = "";
    head.appendChild(made);
    head.setAttribute("aria-sort", "none");
  });
});
// A table that is wider than its place can be scrolled with keys: its place is then a stop of the tab key.
function stops() {
  document.querySelectorAll(".scroll").forEach(function (box) {
    if (box.clientWidth) { box.tabIndex = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight ? 0 : -1; }
  });
}
window.addEventListener("resize", stops);
stops();
