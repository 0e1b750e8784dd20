"""The pages of the optimization's results in the browser: what stands on them, their curves and maps, and planted faults."""

import time

import browser
import checks

KINDS = ("function", "one", "tilt", "saving", "infeasible", "two", "three", "network", "broken", "hostile")
PICTURES = {"function": 1, "one": 1, "tilt": 3, "saving": 3, "infeasible": 2, "two": 2, "three": 4, "network": 0, "broken": 0, "hostile": 2}
OPEN_SECONDS_MAX = 30  # generous: a stall, not a slow machine
PAGE_BYTES_MAX = 500_000
SAID = {
    "function": (".lead", "The best f found is "), "one": (".lead", "The best f found is "), "tilt": (".lead", "managed objects: utility goes from "), "saving": (".lead", "energy (W) goes from "),
    "infeasible": (".lead", "No evaluated point satisfies the constraint max load."), "two": (".lead", "none better than another in all of cost, gain."), "three": ("#front", "none is better than another"),
    "network": (".lead", "the largest load is "), "broken": (".lead", "The network cannot carry this traffic"), "hostile": (".answer", "least total violation"),
}


def looks(run, chromium):
    """Every kind of result on a phone and on a desk, in both themes."""
    for kind in KINDS:
        for width, dark in ((360, True), (1280, False), (1280, True)):
            if width == 1280 and dark and kind not in ("tilt", "network"):
                continue
            with browser.Page(chromium, width, 900, dark) as page:
                page.open(run.folder / f"optimization-{kind}.html")
                page.fit()
                where = f"optimization, {kind}, {width} px, {'dark' if dark else 'light'}"
                for check in ("overflow", "overlap", "contrast", "targets", "structure", "bars", "plots"):
                    run.holds(f"{where}: {check}", checks.ask(page, check))
                run.holds(f"{where}: pictures are drawn", checks.pictures(page, PICTURES[kind]))
                run.holds(f"{where}: accessible names and headings", checks.names(page))
                run.holds(f"{where}: no complaint, no request", checks.quiet(page))
                run.shot(page, f"optimization-{kind}-{width}-{'dark' if dark else 'light'}")
                if width == 1280 and not dark:
                    selector, text = SAID[kind]
                    seen = page.evaluate(f"document.querySelector('{selector}').textContent")
                    run.true(f"optimization, {kind}: says what it is", text in seen, seen)
    for kind, width in (("tilt", 1280), ("three", 360)):
        with browser.Page(chromium, width, 900) as page:
            page.open(run.folder / f"optimization-{kind}.html")
            run.holds(f"optimization, {kind}, {width} px: Tab walks through", checks.keyboard(page))


def works(run, chromium):
    """Side by side or below each other, no scripts, paper, forced colours, hostile names."""
    tops = "JSON.stringify([...document.querySelectorAll('figure.map')].map(e => Math.round(e.getBoundingClientRect().top)))"
    for width, is_beside in ((1280, True), (360, False)):
        with browser.Page(chromium, width, 900) as page:
            page.open(run.folder / "optimization-tilt.html")
            seen = page.evaluate(f"new Set(JSON.parse({tops})).size")
            run.true(f"optimization, {width} px: the maps stand {'beside' if is_beside else 'below'} each other", seen == (1 if is_beside else 2), seen)
    with browser.Page(chromium, scripts=False) as page:
        page.open(run.folder / "optimization-tilt.html")
        images = [node.get("name", {}).get("value", "") for node in page.accessibility() if node.get("role", {}).get("value") in ("img", "image")]
        run.true("optimization: without scripts the maps and the curve are there", sum("57\u00a0cells" in name for name in images) == 2 and any("evaluations" in name for name in images), images)
    with browser.Page(chromium, 793, 1100) as page:
        page.open(run.folder / "optimization-tilt.html")
        page.media(False, "print")
        page.settle()
        for check in ("overflow", "contrast", "bars", "plots"):
            run.holds(f"optimization, print: {check}", checks.ask(page, check))
        run.holds("optimization, print: pictures are drawn", checks.pictures(page, 3))
        run.true("optimization: it prints", page.pdf().startswith(b"%PDF"))
    with browser.Page(chromium, features=(("forced-colors", "active"),)) as page:
        page.open(run.folder / "optimization-tilt.html")
        run.holds("optimization, forced colours: pictures are drawn", checks.pictures(page, 3))
    with browser.Page(chromium) as page:
        page.open(run.folder / "optimization-network.html")
        loads = page.evaluate("[...document.querySelectorAll('#loads tbody tr')].map(r => parseFloat(r.cells[1].textContent))")
        run.true("optimization, network: a row for each cell, most loaded first", len(loads) == 57 and loads == sorted(loads, reverse=True), loads)
        marked = page.evaluate("[...document.querySelectorAll('#loads tbody tr')].every(r => (parseFloat(r.cells[1].textContent) > 100) === (r.cells[2].textContent === 'overloaded'))")
        run.true("optimization, network: those that are overloaded are marked", marked)
    with browser.Page(chromium) as page:
        page.open(run.folder / "optimization-hostile.html")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        page.fit()
        run.true("optimization, hostile: nothing of it became markup", page.evaluate("document.querySelectorAll('main img, main script, main iframe, main [onerror], main [style]').length") == 0)
        run.true("optimization, hostile: it is shown as text", page.evaluate("document.body.textContent.split('<script>alert(1)</script>').length") > 8)
        for check in ("overflow", "bars", "plots"):
            run.holds(f"optimization, hostile, all open: {check}", checks.ask(page, check))
        run.holds("optimization, hostile, all open: no complaint, no request", checks.quiet(page))


def planted(run, chromium):
    """Each check must fail where its fault is planted."""

    def fault(name, change, check=lambda page: checks.ask(page, "plots"), kind="tilt"):
        with browser.Page(chromium, 1280, 900) as page:
            page.open(run.folder / f"optimization-{kind}.html")
            page.fit()
            page.evaluate(change)
            page.settle()
            run.finds("optimization, " + name, check(page))

    fault("a curve that is missing", "document.querySelector('.axes svg').replaceChildren()", checks.pictures)
    fault("a map that is hidden", "document.querySelector('figure.map svg').style.opacity = 0", lambda page: checks.pictures(page, 3))
    fault("a curve beyond its axes", "document.querySelector('.axes svg').style.overflow = 'visible'; document.querySelector('.axes .line').setAttribute('d', 'M0 0H1200')")
    fault("a curve without words", "document.querySelector('.axes svg').removeAttribute('aria-label')")
    fault("a faint curve", "document.querySelector('.axes .line').style.stroke = '#ddd'")
    fault("a map without a cell of the other", "document.querySelector('.map .load').remove()")
    fault("a map without the users of the other", "document.querySelector('.map .rate.r4').remove()")
    fault("a sector that says nothing", "document.querySelector('.map .load title').remove()")
    fault("a flat picture", "document.querySelector('.axes svg').style.height = '20px'")


def speed(run, chromium):
    """57 cells and 1500 users: printed, not judged, but for a stall."""
    with browser.Page(chromium, 360, 900) as page:
        started = time.perf_counter()
        page.open(run.folder / "optimization-tilt.html")
        opened = time.perf_counter() - started
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        size = (run.folder / "optimization-tilt.html").stat().st_size
        print(f"        57 cells and 1500 users: {size // 1024} KB, first paint {paint:.0f} ms, open in {opened:.1f} s")
        run.true("optimization, 57 cells and 1500 users: opens without a stall", opened < OPEN_SECONDS_MAX, opened)
        run.true("optimization, 57 cells and 1500 users: the page is bounded", size < PAGE_BYTES_MAX, size)
