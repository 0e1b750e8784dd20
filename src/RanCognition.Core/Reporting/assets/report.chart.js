// One chart: from its numbers to what uPlot draws.
function sizeOf(plot) {
  return { width: Math.max(200, plot.clientWidth), height: Math.max(160, plot.clientHeight) };
}
function colours() {
  var style = getComputedStyle(root), names = ["ink", "soft", "grid", "card", "history", "median", "inner", "outer", "anomaly", "change", "limit"];
  var found = {};
  names.forEach(function (name) { found[name] = style.getPropertyValue("--" + name).trim(); });
  return found;
}

// One x axis for history and forecast; what a curve does not have at an x is undefined (bridged) or null (a gap).
function modelOf(raw) {
  var n = raw.v.length, at = 0, rows = new Map(), shift = raw.utc ? raw.t0 : 0;
  function row(x) {
    var found = rows.get(x);
    if (!found) { rows.set(x, found = {}); }
    return found;
  }
  for (var i = 0; i < n; i++) {
    at = raw.d ? at + raw.d[i] : i;
    row(at * raw.step).v = raw.v[i];
  }
  var forecast = raw.f;
  if (forecast) {
    forecast.x.forEach(function (x, j) {
      var r = row(x);
      r.mean = (forecast.median || forecast.mean)[j];
      r.lo = forecast.lo && forecast.lo[j]; r.hi = forecast.hi && forecast.hi[j];
      r.qlo = forecast.qlo && forecast.qlo[j]; r.qhi = forecast.qhi && forecast.qhi[j];
    });
    // The fan opens at the last sample, where the value is known.
    var last = n > 0 ? row(at * raw.step) : null;
    if (last && last.v !== null && at * raw.step < forecast.x[0]) {
      last.mean = last.lo = last.hi = last.qlo = last.qhi = last.v;
    }
  }
  raw.a.forEach(function (a) { row(a[0]).a = a[1]; });
  var xs = Array.from(rows.keys()).sort(function (p, q) { return p - q; });
  var data = [xs.map(function (x) { return x + shift; })];
  ["v", "lo", "hi", "qlo", "qhi", "mean", "a"].forEach(function (name) {
    data.push(xs.map(function (x) { return rows.get(x)[name]; }));
  });
  return {
    dots: n < 3, data: data, utc: raw.utc, timed: raw.timed, hasForecast: !!forecast,
    from: forecast ? forecast.from + shift : null,
    recent: raw.recent === undefined ? null : raw.recent + shift,
    changes: raw.c.map(function (x) { return x + shift; }), limits: raw.l
  };
}

function rangeOf(model) {
  return function (u, low, high) {
    if (low === null || high === null || low === undefined) { return [0, 1]; }
    var size = high - low || Math.abs(high) || 1, from = low, to = high;
    // Limits belong in the picture unless they would flatten everything else.
    model.limits.forEach(function (limit) {
      if (limit.v > high && limit.v - low < 4 * size) { to = Math.max(to, limit.v); }
      if (limit.v < low && high - limit.v < 4 * size) { from = Math.min(from, limit.v); }
    });
    var room = (to - from || size) * 0.08;
    return [from >= 0 && from < (to - from) * 0.3 ? 0 : from - room, to + room];
  };
}

var steps = [1e-9, 2e-9, 5e-9, 1e-8, 2e-8, 5e-8, 1e-7, 2e-7, 5e-7, 1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3,
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800,
  604800, 1209600, 2419200, 7257600, 31536000, 315360000];

function timeTicks(u, splits, axis, space, step) {
  var previous = "";
  return splits.map(function (s) {
    if (s === null) { return ""; }
    var d = new Date(Math.round(s * 1000)), date = day(d);
    if (step >= 2419200) { return date.slice(0, 7); }
    if (step >= 86400) { return date; }
    var text = clock(s, false, step < 60);
    var label = date === previous ? text : text + "\n" + date;
    previous = date;
    return label;
  });
}

function plainTicks(model) {
  return function (u, splits) {
    return splits.map(function (s) { return s === null ? "" : model.timed ? span(s) : number(s); });
  };
}

function when(model, x) {
  if (!model.utc) { return model.timed ? "t = " + span(x) : "sample " + number(x); }
  return clock(x, true, Math.round(x) % 60 !== 0) + " UTC";
}

function drawMarks(model, c) {
  return function (u) {
    var ctx = u.ctx, box = u.bbox, ratio = window.devicePixelRatio || 1;
    ctx.save();
    ctx.beginPath();
    ctx.rect(box.left, box.top, box.width, box.height);
    ctx.clip();
    ctx.font = "600 " + 11 * ratio + "px system-ui, sans-serif";
    function vertical(x, colour, dash, width) {
      var px = Math.round(u.valToPos(x, "x", true));
      ctx.strokeStyle = colour; ctx.lineWidth = width * ratio; ctx.setLineDash(dash.map(function (d) { return d * ratio; }));
      ctx.beginPath(); ctx.moveTo(px, box.top); ctx.lineTo(px, box.top + box.height); ctx.stroke();
      return px;
    }
    // On a ground of its own, so that no line runs through it.
    function label(text, x, y, colour) {
      ctx.textAlign = "left"; ctx.textBaseline = "top";
      ctx.fillStyle = c.card;
      ctx.fillRect(x - 2 * ratio, y - ratio, ctx.measureText(text).width + 4 * ratio, 14 * ratio);
      ctx.fillStyle = colour;
      ctx.fillText(text, x, y);
    }
    model.changes.forEach(function (x) { vertical(x, c.change, [6, 4], 1.5); });
    model.limits.forEach(function (limit) {
      var py = Math.round(u.valToPos(limit.v, "y", true)), inside = py >= box.top && py <= box.top + box.height;
      ctx.strokeStyle = c.limit;
      if (inside) {
        ctx.lineWidth = 1.5 * ratio; ctx.setLineDash([8 * ratio, 5 * ratio]);
        ctx.beginPath(); ctx.moveTo(box.left, py); ctx.lineTo(box.left + box.width, py); ctx.stroke();
      }
      var text = limit.n + (inside ? "" : py < box.top ? " ↑" : " ↓");
      var above = inside ? py - box.top > 18 * ratio : py > box.top;
      var ty = inside ? (above ? py - 4 * ratio : py + 4 * ratio) : py < box.top ? box.top + 20 * ratio : box.top + box.height - 4 * ratio;
      label(text, box.left + 6 * ratio, above ? ty - 13 * ratio : ty, c.limit);
    });
    if (model.from !== null && u.data[1].some(function (v) { return v !== undefined && v !== null; })) {
      var px = vertical(model.from, c.soft, [2, 3], 1);
      if (px + 64 * ratio < box.left + box.width) { label("forecast", px + 6 * ratio, box.top + 4 * ratio, c.soft); }
    }
    ctx.restore();
  };
}

function optionsOf(entry, c) {
  var model = entry.model, size = sizeOf(entry.plot), clear = "rgba(0,0,0,0)";
  function curve(stroke, width, dots) {
    return { scale: "y", stroke: stroke, width: width, points: { show: !!dots }, spanGaps: false };
  }
  var anomaly = curve(c.anomaly, 2);
  anomaly.paths = function () { return null; };
  anomaly.points = { show: true, size: 9, width: 2, stroke: c.anomaly, fill: c.card };
  return {
    width: size.width, height: size.height, legend: { show: false },
    tzDate: function (s) { return uPlot.tzDate(new Date(s * 1000), "Etc/UTC"); },
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: true } },
    scales: { x: { time: model.utc }, y: { range: rangeOf(model) } },
    series: [{}, curve(c.history, 1.5, model.dots), curve(clear, 0), curve(clear, 0), curve(clear, 0), curve(clear, 0), curve(c.median, 2), anomaly],
    bands: [{ series: [3, 2], fill: c.outer }, { series: [5, 4], fill: c.inner }],
    axes: [
      {
        stroke: c.soft, grid: { stroke: c.grid, width: 1 }, ticks: { stroke: c.grid, width: 1 }, space: 84,
        size: function (u, values) { return (values || []).some(function (v) { return v.indexOf("\n") >= 0; }) ? 46 : 32; }, font: "12px system-ui, sans-serif",
        values: model.utc ? timeTicks : plainTicks(model), incrs: model.utc || !model.timed ? undefined : steps
      },
      {
        stroke: c.soft, grid: { stroke: c.grid, width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif",
        size: function (u, values) {
          var longest = (values || []).reduce(function (m, v) { return Math.max(m, v.length); }, 2);
          return Math.max(44, 16 + 7.2 * longest);
        },
        values: function (u, splits) { return splits.map(function (s) { return s === null ? "" : number(s); }); }
      }
    ],
    hooks: {
      draw: [drawMarks(model, c)],
      setCursor: [function (u) { readOut(entry, u); }],
      setScale: [function (u, key) { if (key === "x") { showView(entry, u); } }]
    }
  };
}
