"""The pages of the cognitive core's results in the browser: what stands on them, the reliability diagram, the log of decisions, and planted faults."""

import time

import browser
import checks

KINDS = ("decision", "infeasible", "kept", "roll-back", "rollback", "state", "ingest", "log", "hostile", "hostile-state")
DESK_ONLY = ("kept", "rollback", "ingest")  # small: their tables are those of the others
PICTURES = {"state": 1, "hostile-state": 1}
OPEN_SECONDS_MAX = 30  # generous: a stall, not a slow machine
PAGE_BYTES_MAX = 9_500_000
SAID = {
    "decision": (".lead", "all targets hold with a probability of 70\u00a0%"), "infeasible": (".lead", "no value satisfies these constraints together: a, b."), "kept": (".lead", "is kept. All targets held."),
    "roll-back": (".lead", "is to be rolled back."), "rollback": (".lead", "is undone: 1\u00a0old value"), "state": (".lead", "6.2\u00a0percentage points off on average"), "ingest": (".lead", "were taken from TS 32.435 XML; 1 value was not."),
    "log": (".lead", "7\u00a0decisions, 6 with changes: 4 kept, 1 called back, 1 without a verdict."), "hostile": (".lead", "3\u00a0changes at "), "hostile-state": ("#vetoes", "PACING"),
}


def looks(run, chromium):
    """Every kind of result on a phone and on a desk; those with colours in both themes."""
    for kind in KINDS:
        for width, dark in ((360, True), (1280, False), (1280, True)):
            if (width == 1280 and dark and kind not in ("decision", "state")) or (width == 360 and kind in DESK_ONLY):
                continue
            with browser.Page(chromium, width, 900, dark) as page:
                page.open(run.folder / f"cognition-{kind}.html")
                page.evaluate("[...document.querySelectorAll('details.problem')].slice(0, 3).forEach(e => { e.open = true; })")
                page.fit()
                where = f"cognition, {kind}, {width} px, {'dark' if dark else 'light'}"
                for check in ("overflow", "overlap", "contrast", "targets", "structure", "bars", "plots"):
                    run.holds(f"{where}: {check}", checks.ask(page, check))
                run.holds(f"{where}: pictures are drawn", checks.pictures(page, PICTURES.get(kind, 0)))
                run.holds(f"{where}: accessible names and headings", checks.names(page))
                run.holds(f"{where}: no complaint, no request", checks.quiet(page))
                run.shot(page, f"cognition-{kind}-{width}-{'dark' if dark else 'light'}")
                if width == 1280 and not dark:
                    selector, text = SAID[kind]
                    seen = page.evaluate(f"document.querySelector('{selector}').textContent")
                    run.true(f"cognition, {kind}: says what it is", text in seen, seen)
    with browser.Page(chromium, 1280, 900) as page:
        page.open(run.folder / "cognition-decision.html")
        run.holds("cognition, decision, 1280 px: Tab walks through", checks.keyboard(page))


def works(run, chromium):
    """No scripts, paper, the log, hostile names."""
    with browser.Page(chromium, scripts=False) as page:
        page.open(run.folder / "cognition-state.html")
        images = [node.get("name", {}).get("value", "") for node in page.accessibility() if node.get("role", {}).get("value") in ("img", "image")]
        run.true("cognition: without scripts the reliability diagram is there", any("bins with decisions" in name for name in images), images)
    with browser.Page(chromium, 793, 1100) as page:
        page.open(run.folder / "cognition-decision.html")
        page.media(False, "print")
        page.settle()
        for check in ("overflow", "contrast", "bars"):
            run.holds(f"cognition, print: {check}", checks.ask(page, check))
        run.true("cognition: it prints", page.pdf().startswith(b"%PDF"))
    with browser.Page(chromium) as page:
        page.open(run.folder / "cognition-decision.html")
        page.evaluate("[...document.querySelectorAll('#alternatives th button')].find(e => e.textContent === 'All targets hold').click()")
        likely = page.evaluate("[...document.querySelectorAll('#alternatives tbody tr')].map(r => parseFloat(r.cells[2].textContent))")
        run.true("cognition: alternatives sort by how likely all targets hold", len(likely) == 6 and likely == sorted(likely, reverse=True), likely)
        run.true("cognition: one alternative is the chosen one", page.evaluate("[...document.querySelectorAll('#alternatives .chip')].map(e => e.textContent).join()") == "chosen")
    with browser.Page(chromium) as page:
        page.open(run.folder / "cognition-thousand.html")
        count = "document.getElementById('found').textContent"
        run.true("cognition, a long log: a row for each decision", page.evaluate(count) == "403 results", page.evaluate(count))
        page.evaluate("document.getElementById('find').focus()")
        page.type("NRCellRelation=77-78")
        time.sleep(0.2)
        run.true("cognition, a long log: search finds a relation", page.evaluate(count) == "1 of 403 results shown", page.evaluate(count))
        page.evaluate("[...document.querySelectorAll('.problem')].find(e => !e.hidden).querySelector('summary').click()")
        page.settle()
        run.true("cognition, a long log: a row opens to its decision and what came of it", page.evaluate("document.querySelectorAll('.problem[open] .story-outcome').length === 2 && location.hash.includes('cell=')"))
        run.holds("cognition, a long log: no complaint, no request", checks.quiet(page))
    for kind in ("hostile", "hostile-state", "hostile-log"):
        with browser.Page(chromium) as page:
            page.open(run.folder / f"cognition-{kind}.html")
            page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            page.fit()
            run.true(f"cognition, {kind}: nothing of it became markup", page.evaluate("document.querySelectorAll('main img, main script, main iframe, main [onerror], main [style]').length") == 0)
            run.true(f"cognition, {kind}: it is shown as text", page.evaluate("document.body.textContent.split('<script>alert(1)</script>').length") > 2)
            for check in ("overflow", "bars", "plots"):
                run.holds(f"cognition, {kind}, all open: {check}", checks.ask(page, check))
            run.holds(f"cognition, {kind}, all open: no complaint, no request", checks.quiet(page))


def planted(run, chromium):
    """Each check must fail where its fault is planted."""

    def fault(name, change, check, kind):
        with browser.Page(chromium, 1280, 900) as page:
            page.open(run.folder / f"cognition-{kind}.html")
            page.fit()
            page.evaluate(change)
            page.settle()
            run.finds("cognition, " + name, checks.ask(page, check))

    fault("a reliability diagram without words", "document.querySelector('.reliability svg').removeAttribute('aria-label')", "plots", "state")
    fault("a bar without its number", "document.querySelector('#targets .measure').closest('td').firstChild.textContent = 'likely'", "bars", "decision")


def speed(run, chromium):
    """400 decisions with their outcomes: printed, not judged, but for a stall."""
    with browser.Page(chromium, 1280, 900) as page:
        started = time.perf_counter()
        page.open(run.folder / "cognition-thousand.html")
        opened = time.perf_counter() - started
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        size = (run.folder / "cognition-thousand.html").stat().st_size
        print(f"        cognition, a long log: {size // 1024} KB, first paint {paint:.0f} ms, open in {opened:.1f} s")
        run.true("cognition, a long log: opens without a stall", opened < OPEN_SECONDS_MAX, opened)
        run.true("cognition, a long log: the page is bounded", size < PAGE_BYTES_MAX, size)
