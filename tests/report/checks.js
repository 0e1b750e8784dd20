// What a page must hold to, asked in the page itself; each function returns the faults it found, as sentences.
(() => {
  const name = (e) => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.className && e.className.baseVal === undefined ? "." + String(e.className).split(" ").join(".") : "") + " '" + (e.textContent || "").trim().slice(0, 40) + "'";
  const visible = { checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true };
  const shown = (e) => e.checkVisibility(visible) && e.getClientRects().length > 0;
  const rgba = (text) => { const m = text.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (e) => {
    const layers = [];
    for (let at = e; at; at = at.parentElement) { const c = rgba(getComputedStyle(at).backgroundColor); layers.push(c); if (c[3] === 1) { break; } }
    return layers.reduceRight((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const ratio = (a, b) => { const [x, y] = [light(a) + 0.05, light(b) + 0.05]; return Math.max(x, y) / Math.min(x, y); };
  const texts = () => [...document.querySelectorAll("body *")].filter((e) => !["SCRIPT", "STYLE", "NOSCRIPT", "OPTION"].includes(e.tagName) && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && shown(e));
  const clipped = (e) => e.closest(".scroll, .skip, .u-wrap, pre");
  window.reportChecks = {
    overflow() {
      const faults = [], width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth > width) { faults.push(`the page is ${document.documentElement.scrollWidth} px wide on a screen of ${width}`); }
      for (const e of document.querySelectorAll("body *")) {
        if (!e.checkVisibility(visible)) { continue; } // first: the place of what is not laid out costs a layout of its own
        const box = e.getBoundingClientRect();
        if (box.width && (box.right > width + 1 || box.left < -1) && !clipped(e)) { faults.push(`${name(e)} reaches from ${box.left} to ${box.right}`); }
      }
      return faults.slice(0, 5);
    },
    overlap() {
      const boxes = [];
      for (const e of texts()) {
        if (clipped(e) || e.closest(".u-wrap")) { continue; }
        for (const node of e.childNodes) {
          if (node.nodeType !== 3 || !node.data.trim()) { continue; }
          const range = document.createRange();
          range.selectNodeContents(node);
          for (const r of range.getClientRects()) { if (r.width > 3 && r.height > 3) { boxes.push({ e, r }); } }
        }
      }
      boxes.sort((a, b) => a.r.top - b.r.top);
      const faults = [];
      boxes.forEach((a, i) => {
        for (let j = i + 1; j < boxes.length && boxes[j].r.top < a.r.bottom; j++) {
          const b = boxes[j];
          const w = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), h = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
          const hides = (box) => { const row = box.e.closest("summary > .what, summary h3, summary .note"); return row && box.r.bottom > row.getBoundingClientRect().bottom + 2; };
          if (a.e !== b.e && w > 2 && h > 0.4 * Math.min(a.r.height, b.r.height) && !hides(a) && !hides(b)) { faults.push(`${name(a.e)} and ${name(b.e)} overlap by ${Math.round(w)} x ${Math.round(h)}`); }
        }
      });
      return faults.slice(0, 5);
    },
    contrast() {
      const faults = [];
      for (const e of texts()) {
        const style = getComputedStyle(e), under = ground(e), value = ratio(over(rgba(style.color), under), under);
        if (value < 4.5) { faults.push(`${name(e)}: contrast ${value.toFixed(2)}`); }
      }
      const style = getComputedStyle(document.documentElement), probe = document.createElement("i");
      document.body.appendChild(probe);
      const colour = (v) => { probe.style.setProperty("color", style.getPropertyValue(v)); return rgba(getComputedStyle(probe).color); };
      const card = colour("--card");
      for (const [v, least] of [["--soft", 4.5], ["--limit", 4.5], ["--history", 3], ["--median", 3], ["--anomaly", 3], ["--change", 3], ["--edge", 3]]) {
        if (ratio(colour(v), card) < least) { faults.push(`${v} on the ground of charts: contrast ${ratio(colour(v), card).toFixed(2)}`); }
      }
      probe.remove();
      return faults.slice(0, 5);
    },
    targets() {
      return [...document.querySelectorAll("button, select, input, summary, nav a")].filter((e) => shown(e) && !e.closest(".skip"))
        .filter((e) => { const r = e.getBoundingClientRect(); return r.height < 23.9 || r.width < 23.9; }).map((e) => `${name(e)} is smaller than 24 px`).slice(0, 5);
    },
    structure() {
      const faults = [];
      if (!document.documentElement.lang) { faults.push("no language"); }
      if (document.querySelectorAll("h1").length !== 1) { faults.push("not one h1"); }
      for (const tag of ["header", "main", "footer"]) { if (document.querySelectorAll("body > " + tag).length !== 1) { faults.push("not one " + tag); } }
      for (const t of document.querySelectorAll("table:not(.members)")) { if (!t.caption || !t.caption.textContent.trim()) { faults.push(`${name(t)} has no caption`); } }
      for (const th of document.querySelectorAll("th")) { if (!th.scope) { faults.push(`${name(th)} has no scope`); } }
      for (const f of document.querySelectorAll("figure.chart")) {
        const plot = f.querySelector(".plot");
        if (plot.getAttribute("role") !== "img" || !/\d|No numbers/.test(plot.getAttribute("aria-label") || "")) { faults.push("a chart without words"); }
        if (!f.querySelector("details.data-table")) { faults.push("a chart without its table"); }
      }
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      if (new Set(ids).size !== ids.length) { faults.push("an id stands twice"); }
      return faults.slice(0, 5);
    },
    bars() {
      const faults = [];
      for (const bar of document.querySelectorAll("svg.measure")) {
        if (!shown(bar)) { continue; }
        const box = bar.getBoundingClientRect(), cell = bar.closest("td"), place = cell && cell.getBoundingClientRect();
        if (bar.getAttribute("aria-hidden") !== "true") { faults.push("a bar is read aloud"); }
        if (!cell || !/\d/.test(cell.textContent)) { faults.push("a bar without its number"); continue; }
        if (box.left < place.left - 1 || box.right > place.right + 1) { faults.push(`the bar of ${name(cell)} leaves its cell`); }
        if (cell.dataset.label === "Part of the distance") {
          const share = parseFloat(cell.textContent) / 100, drawn = bar.querySelector(".part").getBoundingClientRect().width / box.width;
          if (Math.abs(drawn - share) > 0.01) { faults.push(`the bar of ${name(cell)} shows ${drawn.toFixed(3)}`); }
        }
        for (const part of bar.querySelectorAll(".part, .span, .zero")) {
          const r = part.getBoundingClientRect();
          if (r.left < box.left - 1 || r.right > box.right + 1) { faults.push(`a part of the bar of ${name(cell)} lies outside`); }
        }
        const part = bar.querySelector(".part");
        if (part && ratio(rgba(getComputedStyle(part).fill), ground(cell)) < 3) { faults.push(`the bar of ${name(cell)} is faint`); }
      }
      return faults.slice(0, 5);
    },
    hits() {
      const faults = [], rows = [...document.querySelectorAll("#compared tbody tr")], hits = [...document.querySelectorAll("details.hit")];
      if (rows.length !== Math.min(200, hits.length)) { faults.push(`${rows.length} rows and ${hits.length} hits`); }
      for (const link of document.querySelectorAll("#compared tbody a")) {
        const hit = document.getElementById(link.getAttribute("href").slice(1));
        if (!hit || !hit.querySelector("summary h3") || !hit.querySelector("summary h3").textContent.includes(link.textContent)) { faults.push(`${name(link)} leads to ${hit ? name(hit) : "nothing"}`); }
      }
      for (const hit of hits) { if (!hit.querySelector("summary .chip")) { faults.push(`${name(hit)} does not say how it ended`); } }
      return faults.slice(0, 5);
    },
    plots() {
      const faults = [], figures = [...document.querySelectorAll("figure.plotted, figure.map")].filter(shown);
      for (const figure of figures) {
        const svg = figure.querySelector("svg"), box = svg.getBoundingClientRect(), place = figure.getBoundingClientRect();
        if (svg.getAttribute("role") !== "img" || !/\d/.test(svg.getAttribute("aria-label") || "")) { faults.push(`${name(figure)} has no words`); }
        if (!figure.querySelector("figcaption").textContent.trim()) { faults.push(`${name(figure)} has no caption`); }
        if (box.width < 120 || box.height < 120 || box.left < place.left - 1 || box.right > place.right + 1) { faults.push(`${name(figure)} is drawn on ${box.width} x ${box.height}`); }
        for (const path of svg.querySelectorAll("path")) {
          const r = path.getBoundingClientRect();
          if (path.getAttribute("d") && (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1)) { faults.push(`a ${path.getAttribute("class")} of ${name(figure)} lies outside`); }
          const style = getComputedStyle(path);
          if (!path.matches(".load") && ratio(rgba(style.stroke), ground(svg)) < 3) { faults.push(`a ${path.getAttribute("class")} of ${name(figure)} is faint`); }
          if (path.matches(".load") && !path.querySelector("title")) { faults.push(`a sector of ${name(figure)} does not say what it is`); }
        }
      }
      const count = (map, what) => [...map.querySelectorAll(what)].reduce((sum, path) => sum + path.getAttribute("d").split("M").length - 1, 0);
      const maps = figures.filter((figure) => figure.matches(".map"));
      for (const what of [".load", ".rate"]) {
        if (maps.length === 2 && count(maps[0], what) !== count(maps[1], what)) { faults.push(`${count(maps[0], what)} and ${count(maps[1], what)} of ${what} on the maps`); }
      }
      return faults.slice(0, 5);
    },
    gains() {
      const faults = [];
      for (const cell of document.querySelectorAll("table.heat td")) {
        const gain = parseFloat(cell.textContent), shade = (cell.className.match(/(same|against)\d/) || [""])[0];
        if (shade && shade.startsWith("same") !== gain > 0) { faults.push(`the gain ${gain} has the colour ${shade}`); }
        if (shade && getComputedStyle(cell).backgroundColor === "rgba(0, 0, 0, 0)") { faults.push(`the shade of ${gain} is not seen`); }
      }
      for (const figure of document.querySelectorAll("figure.circle")) {
        const unit = figure.querySelector(".unit").getBoundingClientRect(), points = (what) => figure.querySelector(what).getAttribute("d").split("M").length - 1;
        if (Math.abs(unit.width - unit.height) > 2) { faults.push(`the unit circle is ${unit.width} x ${unit.height}`); }
        const rows = [...figure.closest("section").querySelectorAll("table.records:not(.heat) tbody tr")], outside = rows.filter((row) => parseFloat(row.cells[2].textContent) >= 1).length;
        if (points(".chosen") !== outside || points(".points") !== rows.length - outside) { faults.push(`${points(".points")} and ${points(".chosen")} eigenvalues are drawn, ${rows.length} are in the table`); }
      }
      return faults.slice(0, 5);
    },
    picture(number) {
      const svg = [...document.querySelectorAll("figure.plotted svg, figure.map svg")].filter((e) => e.checkVisibility() && e.getClientRects().length > 0)[number];
      if (!svg) { return null; }
      svg.scrollIntoView({ block: "center" });
      const r = svg.getBoundingClientRect();
      return [r.left, r.top + scrollY, r.width, r.height];
    },
    focus() {
      const e = document.activeElement;
      if (!e || e === document.body) { return null; }
      const r = e.getBoundingClientRect(), s = getComputedStyle(e);
      const seen = r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && r.width > 0;
      if (!e.dataset.stop) { e.dataset.stop = String(window.stops = (window.stops || 0) + 1); }
      return { stop: e.dataset.stop, name: name(e), visible: seen && shown(e) && s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 };
    },
    tabbable() {
      return [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((e) => e.tabIndex >= 0 && !e.disabled && (e.classList.contains("skip") || e.checkVisibility({ checkVisibilityCSS: true })) && !e.closest("[hidden]")).length;
    },
    regions(selectors) {
      return selectors.map((s) => { const e = document.querySelector(s); if (!e || !shown(e)) { return null; } const r = e.getBoundingClientRect(); return [r.left, r.top + scrollY, r.width, r.height]; });
    },
    charts() {
      return [...document.querySelectorAll("figure.chart .plot")].filter((plot) => shown(plot) && plot.getBoundingClientRect().bottom <= innerHeight).map((plot) => {
        const r = plot.getBoundingClientRect(), canvas = plot.querySelector("canvas"), c = canvas && canvas.getBoundingClientRect();
        return { box: [r.left, r.top + scrollY, r.width, r.height], inside: !!c && c.width > 100 && c.left >= r.left - 1 && c.right <= r.right + 1 && c.top >= r.top - 1 && c.bottom <= r.bottom + 1 };
      });
    },
  };
})();
