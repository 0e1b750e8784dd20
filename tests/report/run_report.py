"""The report in a real browser: pages made by the library, looked at in Chromium. One line a check.

usage: run_report.py [FOLDER]      FOLDER keeps the pages and screenshots; UPDATE_BASELINE=1 writes baseline.json anew
"""

import json
import os
import pathlib
import sys
import tempfile
import time

import browser
import checks
import cognition_pages
import memory_pages
import optimization_pages
import results
import strange_loop_pages
import rancognition

BASELINE = pathlib.Path(__file__).parent / "baseline.json"
OPEN_SECONDS_MAX = 30  # generous: a stall, not a slow machine
PAGE_BYTES_MAX = 10_000_000


class Run:
    """Counts checks and keeps the screenshots, when somebody wants to see them."""

    def __init__(self, folder, is_kept):
        self.folder, self.is_kept, self.passed, self.failed = folder, is_kept, 0, 0

    def holds(self, name, faults):
        """A check that finds no fault."""
        self._count(name, not faults, faults)

    def finds(self, name, faults):
        """A check of a page with a planted fault: it must find one."""
        self._count(f"planted fault is found: {name}", bool(faults), ["nothing was found"])

    def true(self, name, value, seen=""):
        self._count(name, bool(value), [seen])

    def shot(self, page, name):
        if self.is_kept:
            (self.folder / f"{name}.png").write_bytes(page.screenshot())

    def _count(self, name, good, faults):
        self.passed, self.failed = self.passed + good, self.failed + (not good)
        print(f"{'ok     ' if good else 'FAILED '} {name}", flush=True)
        if not good:
            for fault in faults:
                print(f"        {fault}")


def make_pages(folder):
    fleet = results.fleet()
    made = {"network": results.network(), "fleet": fleet, "thousand": results.enlarged(fleet, 1000), "hostile": results.hostile(fleet), "numbered": results.numbered(fleet), "other": results.other()}
    made.update((f"memory-{name}", result) for name, result in results.memory().items())
    made.update((f"optimization-{name}", result) for name, result in results.optimization().items())
    made.update((f"strange-loop-{name}", result) for name, result in results.strange_loop().items())
    made.update((f"cognition-{name}", result) for name, result in results.cognition().items())
    for name, result in made.items():
        started = time.perf_counter()
        page = rancognition.render_report(result).encode()
        print(f"        {name}: {len(page) // 1024} KB, rendered in {(time.perf_counter() - started) * 1000:.0f} ms")
        (folder / f"{name}.html").write_bytes(page)


def looks(run, chromium):
    """Every page at three widths in both themes."""
    seen = {}
    for name, fragment in (("network", ""), ("fleet", "#cell=problem-1"), ("other", ""), ("hostile", "")):
        for width in (360, 768, 1280):
            for dark in (False, True):
                if name in ("other", "hostile") and (width == 768 or dark != (width == 360)):
                    continue
                with browser.Page(chromium, width, 900, dark) as page:
                    page.open(run.folder / f"{name}.html", fragment)
                    page.fit()
                    where = f"{name}, {width} px, {'dark' if dark else 'light'}"
                    for check in ("overflow", "overlap", "contrast", "targets", "structure"):
                        run.holds(f"{where}: {check}", checks.ask(page, check))
                    if fragment or name == "network":
                        run.holds(f"{where}: charts are drawn", checks.charts(page))
                        if not dark:
                            seen[f"{name} {width}"] = checks.layout(page)
                    run.holds(f"{where}: no complaint, no request", checks.quiet(page))
                    run.shot(page, f"{name}-{width}-{'dark' if dark else 'light'}")
    if os.environ.get("UPDATE_BASELINE"):
        BASELINE.write_text(json.dumps(seen, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))
    for place in sorted(baseline):
        run.holds(f"{place} px: as the baseline", checks.differs(seen[place], baseline[place]))


def planted(run, chromium):
    """Each check must fail where its fault is planted."""
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))["network 1280"]

    def fault(name, change, check, fragment=""):
        with browser.Page(chromium, 1280, 900) as page:
            page.open(run.folder / "network.html", fragment)
            page.fit()
            page.evaluate(change)
            page.settle()
            run.finds(name, check(page))

    canvas = "const c = document.querySelector('.plot canvas');"
    blank = canvas + "c.getContext('2d').clearRect(0, 0, c.width, c.height)"
    fault("a blank chart", blank, checks.charts)
    fault("a blank chart, by the baseline", blank, lambda page: checks.differs(checks.layout(page), baseline))
    fault("a chart drawn over half its width", canvas + "c.getContext('2d').clearRect(c.width / 2, 0, c.width, c.height)", checks.charts)
    fault("a chart that is clipped", canvas + "c.style.width = '1600px'; c.parentNode.style.width = '1600px'", checks.charts)
    fault("an error in the console", "console.error('planted')", checks.quiet)
    fault("an exception", "setTimeout(() => { throw new Error('planted'); }, 0)", checks.quiet)
    fault("a request", "const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'", checks.quiet)
    fault("a section that is missing", "document.querySelector('#limits').remove()", lambda page: checks.differs(checks.layout(page), baseline))
    fault("a page that is too wide", "document.querySelector('.answer').style.width = '1500px'", lambda page: checks.ask(page, "overflow"))
    fault("text over text", "document.querySelector('.lead').style.marginTop = '-24px'", lambda page: checks.ask(page, "overlap"))
    fault("faint text", "document.querySelector('.lead').style.color = '#aaa'", lambda page: checks.ask(page, "contrast"))
    fault("a small button", "document.querySelector('#theme').style.cssText = 'min-height: 0; height: 18px; padding: 0'", lambda page: checks.ask(page, "targets"))
    fault("a table without a caption", "document.querySelector('caption').remove()", lambda page: checks.ask(page, "structure"))
    fault("a button without a name", "document.body.appendChild(document.createElement('button'))", checks.names)
    fault("a skipped heading", "document.querySelector('main').insertAdjacentHTML('afterbegin', '<h5>planted</h5>')", checks.names)
    fault("a focus that is not seen", "document.querySelectorAll('a, button, summary').forEach(e => { e.style.outline = 'none'; })", checks.keyboard)
    fault("a keyboard trap", "document.querySelector('summary').addEventListener('keydown', e => { if (e.key === 'Tab') { e.preventDefault(); } })", checks.keyboard)


def by_keyboard(run, chromium):
    for name, width in (("network", 1280), ("network", 360), ("fleet", 1280), ("other", 360)):
        with browser.Page(chromium, width, 900) as page:
            page.open(run.folder / f"{name}.html")
            run.holds(f"{name}, {width} px: accessible names and headings", checks.names(page))
            run.holds(f"{name}, {width} px: Tab walks through", checks.keyboard(page))
    with browser.Page(chromium) as page:
        page.open(run.folder / "network.html")
        page.key("Tab")
        run.true("the first Tab offers to skip to the report", page.evaluate("document.activeElement.className") == "skip")
        page.key("Enter")
        run.true("and goes there", page.evaluate("document.activeElement.id") == "main")
        page.evaluate("document.querySelector('.chart').scrollIntoView(); 0")
        page.settle()
        page.evaluate("document.querySelector('.chart [role=toolbar] button').focus()")
        for _ in range(2):
            page.key("ArrowRight")
        run.true("arrow keys move inside a chart's toolbar", page.evaluate("document.activeElement.getAttribute('aria-label')") == "Zoom in")
        before = page.evaluate("document.querySelector('.range').textContent")
        page.key("Enter")
        after = page.evaluate("document.querySelector('.range').textContent")
        run.true("a zoom by key is said in a live region", before == "" and " to " in after, after)
        page.key("Escape")
        run.true("Esc shows the whole again", page.evaluate("document.querySelector('.range').textContent") == "")
        page.evaluate("document.querySelector('.data-table summary').click()")
        page.settle()
        rows = page.evaluate("document.querySelectorAll('.data-table[open] tbody tr').length")
        run.true("the chart's data opens as a table", rows > 100, rows)
        first = "document.querySelector('#limits tbody th').textContent"
        head = "document.querySelectorAll('#limits thead th')[1]"
        page.evaluate(head + ".querySelector('button').focus()")
        page.key("Enter")
        down = page.evaluate(head + ".getAttribute('aria-sort')"), page.evaluate(first)
        page.key("Enter")
        up = page.evaluate(head + ".getAttribute('aria-sort')"), page.evaluate(first)
        run.true("a table sorts by its heads", down[0] == "descending" and up[0] == "ascending" and down[1] != up[1], f"{down} {up}")


def the_list(run, chromium):
    """Search, order, filters, links, the back button, reload."""
    shown = "[...document.querySelectorAll('.problem')].filter(e => !e.hidden)"
    names = shown + ".map(e => e.dataset.name)"
    with browser.Page(chromium) as page:
        page.open(run.folder / "fleet.html")
        total = page.evaluate(shown + ".length")
        page.evaluate("document.getElementById('find').focus()")
        page.type("gnb-009")
        time.sleep(0.2)
        found = page.evaluate(names)
        run.true("search finds cells by name", 0 < len(found) < 5 and all("gNB-009" in name for name in found), found)
        run.true("the count is told in a live region", page.evaluate("document.querySelector('#found[role=status]').textContent") == f"{len(found)} of {total} problems shown")
        page.reload()
        run.true("search survives a reload", page.evaluate(names) == found and page.evaluate("document.getElementById('find').value") == "gnb-009")
        page.evaluate("document.getElementById('find').focus()")
        page.key("Escape")
        run.true("Esc clears the search", page.evaluate(shown + ".length") == total)
        page.type("no such thing")
        time.sleep(0.2)
        run.true("nothing found is said", page.evaluate(shown + ".length") == 0 and "No problem fits" in page.evaluate("document.getElementById('found').textContent"))
        page.evaluate("document.getElementById('clear').click()")
        page.evaluate("document.querySelector('.states button').click()")
        count = int(page.evaluate("document.querySelector('.states button b').textContent"))
        run.true("a filter shows as many as it says", page.evaluate(shown + ".length") == count)
        page.evaluate("document.getElementById('clear').click()")
        for key, value in (("risk", "Number(e.dataset.risk)"), ("size", "Number(e.dataset.size)"), ("confidence", "Number(e.dataset.confidence)")):
            page.evaluate(f"const s = document.getElementById('sort'); s.value = '{key}'; s.dispatchEvent(new Event('change')); 0" if key == "risk" else f"document.getElementById('sort').value = '{key}'; document.getElementById('sort').dispatchEvent(new Event('change')); 0")
            values = page.evaluate(f"[...document.querySelectorAll('.problem')].map(e => {value})")
            run.true(f"order by {key}", values == sorted(values, reverse=True) and len(set(values)) > 1, values[:10])
        kinds = page.evaluate("[...document.getElementById('kind').options].slice(1).map(o => [o.value, o.textContent])")
        page.evaluate(f"document.getElementById('kind').value = '{kinds[0][0]}'; document.getElementById('kind').dispatchEvent(new Event('change')); 0")
        run.true("findings of a kind", f"({page.evaluate(shown + '.length')})" in kinds[0][1], kinds[0])
        page.open(run.folder / "fleet.html")
        page.evaluate("document.querySelectorAll('.problem > summary')[3].focus()")
        page.key("Enter")
        page.settle()
        opened = page.evaluate("document.querySelector('.problem[open]').dataset.name")
        link = page.evaluate("location.hash")
        run.true("Enter opens a row and gives it an address", link.startswith("#cell="), link)
        page.evaluate("history.back()")
        time.sleep(0.3)
        run.true("the back button closes it", page.evaluate("document.querySelectorAll('.problem[open]').length") == 0)
        page.open(run.folder / "other.html")
        page.open(run.folder / "fleet.html", link)
        run.true("a link opens its row, in view, with the focus", page.evaluate("(() => { const e = document.querySelector('.problem[open]'), r = e.getBoundingClientRect(); return document.activeElement === e.firstElementChild && r.top >= 0 && r.top < innerHeight && e.dataset.name; })()") == opened)
        page.key("Escape")
        page.settle()
        run.true("Esc closes it and keeps the focus", page.evaluate("document.querySelectorAll('.problem[open]').length === 0 && document.activeElement.tagName") == "SUMMARY")
        page.evaluate("document.getElementById('theme').click()")
        page.reload()
        run.true("the theme survives a reload", page.evaluate("document.documentElement.dataset.theme") == "dark")
        run.holds("the list: no complaint, no request", checks.quiet(page))


def sorts_to_the_nanosecond(run, chromium):
    """Times and ids have more digits than a number of the script."""
    with browser.Page(chromium) as page:
        page.open(run.folder / "other.html")
        column = "[...document.querySelectorAll('td[data-label=\"Execute time\"]')].map(e => e.textContent.slice(27, 29))"
        head = "[...document.querySelectorAll('th button')].find(e => e.textContent === 'Execute time').click()"
        page.evaluate(head)
        down = page.evaluate(column)
        page.evaluate(head)
        up = page.evaluate(column)
        run.true("a table sorts by times that are 2 ns apart", down == ["05", "03", "01"] and up == ["01", "03", "05"], f"{down} {up}")


def links(run, chromium):
    """A link names its row, whatever the others are called."""
    opened = "document.querySelector('.problem[open]')"
    for number in range(6):
        with browser.Page(chromium) as page:
            page.open(run.folder / "numbered.html", f"#cell=problem-{number}")
            run.true(f"a link to the cell problem-{number} opens it", page.evaluate(opened + ".dataset.name") == f"problem-{number}", page.evaluate(opened + ".dataset.name"))
    with browser.Page(chromium) as page:
        page.open(run.folder / "numbered.html")
        worst = page.evaluate("document.querySelector('.answer a').textContent")
        page.evaluate("document.querySelector('.answer a').click()")
        page.settle()
        run.true("the link of the answer opens the worst cell", page.evaluate(opened + ".dataset.name") == worst, worst)


def everywhere(run, chromium):
    """Without scripts, on paper, with forced colours, with less motion."""
    with browser.Page(chromium, scripts=False) as page:
        page.open(run.folder / "fleet.html")
        text = json.dumps(page.accessibility())
        run.true("without scripts the rows and their answers are there", text.count("Limit likely to be broken") >= 8 and "holds with probability" in text)
        run.true("without scripts no tool that does not work is shown", "Sort by" not in text)
        run.shot(page, "fleet-no-script")
    with browser.Page(chromium, 793, 1100) as page:
        page.open(run.folder / "network.html")
        pdf = page.pdf()
        run.true("it prints", pdf.startswith(b"%PDF") and len(pdf) > 20_000, len(pdf))
        page.media(True, "print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.settle()
        run.holds("print: charts are drawn", checks.charts(page))
        run.holds("print: overflow", checks.ask(page, "overflow"))
        run.holds("print: contrast", checks.ask(page, "contrast"))
        run.true("print: light, and without tools", page.evaluate("getComputedStyle(document.querySelector('.bar')).display") == "none" and page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--card').trim()") == "#ffffff")
        run.shot(page, "network-print")
    with browser.Page(chromium, features=(("forced-colors", "active"),)) as page:
        page.open(run.folder / "network.html")
        run.holds("forced colours: charts are drawn", checks.charts(page))
    with browser.Page(chromium, features=(("prefers-reduced-motion", "reduce"),)) as page:
        page.open(run.folder / "fleet.html")
        run.true("nothing moves by itself", page.evaluate("[...document.querySelectorAll('*')].every(e => { const s = getComputedStyle(e); return parseFloat(s.transitionDuration) === 0 && parseFloat(s.animationDuration) === 0 && s.scrollBehavior === 'auto'; })"))
    with browser.Page(chromium) as page:
        page.open(run.folder / "hostile.html")
        page.evaluate("document.querySelector('[data-open=all]').click()")
        page.settle()
        run.true("hostile: nothing of it became markup", page.evaluate("document.querySelectorAll('main img, main script:not(.data), main iframe').length") == 0)
        run.holds("hostile, all open: overflow", checks.ask(page, "overflow"))
        run.holds("hostile: names", checks.names(page))
        run.holds("hostile: no complaint, no request", checks.quiet(page))


def speed(run, chromium):
    """Printed, not judged, but for a stall."""
    for name in ("fleet", "thousand"):
        with browser.Page(chromium, 1280, 900) as page:
            started = time.perf_counter()
            page.open(run.folder / f"{name}.html")
            opened = time.perf_counter() - started
            paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")

            def until_drawn(change):
                return page.evaluate(f"new Promise(done => {{ const t = performance.now(); {change}; requestAnimationFrame(() => setTimeout(() => done(performance.now() - t), 0)); }})")

            ordered = until_drawn("const s = document.getElementById('sort'); s.value = 'name'; s.dispatchEvent(new Event('change'))")
            searched = until_drawn("document.getElementById('find').value = '007'; document.getElementById('find').dispatchEvent(new Event('input')); ") + 60
            opens = until_drawn("document.querySelector('.problem:not([hidden])').open = true")
            print(f"        {name}: first paint {paint:.0f} ms, ready {ready:.0f} ms, sort {ordered:.0f} ms, search {searched:.0f} ms, open a row {opens:.0f} ms")
            page.evaluate("scrollTo(0, 0); document.getElementById('clear').click()")
            page.evaluate("document.querySelector('[data-open=all]').click()")
            page.settle()
            canvases = page.evaluate("document.querySelectorAll('canvas').length")
            run.true(f"{name}: only the charts near the screen exist", canvases <= 20, canvases)
            run.true(f"{name}: opens without a stall", opened < OPEN_SECONDS_MAX, opened)
            size = (run.folder / f"{name}.html").stat().st_size
            run.true(f"{name}: the page is bounded", size < PAGE_BYTES_MAX, size)


def main():
    program = browser.installed()
    if program is None:
        print("SKIPPED the browser is missing (Debian package chromium)")
        return 77
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        run = Run(folder, is_kept=len(sys.argv) > 1)
        make_pages(folder)
        with browser.Browser(program) as chromium:
            for part in (looks, planted, by_keyboard, the_list, links, sorts_to_the_nanosecond, everywhere, speed, memory_pages.looks, memory_pages.works, memory_pages.planted, memory_pages.speed,
                         optimization_pages.looks, optimization_pages.works, optimization_pages.planted, optimization_pages.speed,
                         strange_loop_pages.looks, strange_loop_pages.works, strange_loop_pages.planted, strange_loop_pages.speed,
                         cognition_pages.looks, cognition_pages.works, cognition_pages.planted, cognition_pages.speed):
                part(run, chromium)
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
