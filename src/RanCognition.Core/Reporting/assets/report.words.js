// Numbers and times as the tables write them.
function number(value) {
  if (value === null || value === undefined || !isFinite(value)) { return "–"; }
  var size = Math.abs(value);
  if (size === 0) { return "0"; }
  if (size >= 1e9 || size < 1e-4) { return value.toExponential(3); }
  if (size >= 1000) { return String(Math.round(value * 10) / 10); }
  return String(Number(value.toPrecision(4)));
}
function two(n) { return (n < 10 ? "0" : "") + n; }
function clock(seconds, withDate, withSeconds) {
  var d = new Date(Math.round(seconds * 1000));
  var time = two(d.getUTCHours()) + ":" + two(d.getUTCMinutes()) + (withSeconds ? ":" + two(d.getUTCSeconds()) : "");
  return withDate ? day(d) + " " + time : time;
}
function day(d) { return d.getUTCFullYear() + "-" + two(d.getUTCMonth() + 1) + "-" + two(d.getUTCDate()); }
function span(seconds) {
  var size = Math.abs(seconds);
  if (size === 0) { return "0"; }
  if (size < 1e-6) { return number(seconds * 1e9) + " ns"; }
  if (size < 1e-3) { return number(seconds * 1e6) + " µs"; }
  if (size < 1) { return number(seconds * 1e3) + " ms"; }
  if (size < 120) { return number(seconds) + " s"; }
  if (size < 7200) { return number(seconds / 60) + " min"; }
  if (size < 172800) { return number(seconds / 3600) + " h"; }
  return number(seconds / 86400) + " d";
}

