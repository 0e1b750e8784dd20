"""The pages of the strange loop's results in the browser: what stands on them, their curves and circles, the list of loops, and planted faults."""

import time

import browser
import checks

KINDS = ("cosine", "cycle", "load", "infeasible", "wide", "conflicts", "peace", "many", "reply", "state", "hostile", "hostile-reply", "hostile-state")
PICTURES = {"cosine": 1, "cycle": 1, "load": 1, "wide": 1, "conflicts": 1, "many": 1, "hostile": 1}
OPEN_SECONDS_MAX = 30  # generous: a stall, not a slow machine
PAGE_BYTES_MAX = 9_500_000
SAID = {
    "cosine": (".lead", "A fixed point was found in "), "cycle": (".lead", "Plain steps run in a cycle of 2"), "load": (".answer", "A finite load exists up to "), "infeasible": (".lead", "There is no fixed point: this is proven."),
    "wide": ("#values", "Components of the fixed point"), "conflicts": (".answer", "The functions chase each other"), "peace": (".lead", "No two commands work against each other."), "many": (".lead", "between 30\u00a0control functions"),
    "reply": (".lead", "2\u00a0metrics are predicted"), "state": (".answer", "They changed themselves"), "hostile": (".lead", "between "), "hostile-reply": (".lead", "2\u00a0metrics are predicted"), "hostile-state": (".lead", "1\u00a0loop"),
}


def looks(run, chromium):
    """Every kind of result on a phone and on a desk, in both themes."""
    for kind in KINDS:
        for width, dark in ((360, True), (1280, False), (1280, True)):
            if width == 1280 and dark and kind not in ("conflicts", "state"):
                continue
            with browser.Page(chromium, width, 900, dark) as page:
                page.open(run.folder / f"strange-loop-{kind}.html")
                page.evaluate("document.querySelectorAll('details.problem').forEach(e => { e.open = true; })")
                page.fit()
                where = f"strange loop, {kind}, {width} px, {'dark' if dark else 'light'}"
                for check in ("overflow", "overlap", "contrast", "targets", "structure", "bars", "plots", "gains"):
                    run.holds(f"{where}: {check}", checks.ask(page, check))
                run.holds(f"{where}: pictures are drawn", checks.pictures(page, PICTURES.get(kind, 0)))
                run.holds(f"{where}: accessible names and headings", checks.names(page))
                run.holds(f"{where}: no complaint, no request", checks.quiet(page))
                run.shot(page, f"strange-loop-{kind}-{width}-{'dark' if dark else 'light'}")
                if width == 1280 and not dark:
                    selector, text = SAID[kind]
                    seen = page.evaluate(f"document.querySelector('{selector}').textContent")
                    run.true(f"strange loop, {kind}: says what it is", text in seen, seen)
    for kind, width in (("conflicts", 1280), ("state", 360)):
        with browser.Page(chromium, width, 900) as page:
            page.open(run.folder / f"strange-loop-{kind}.html")
            run.holds(f"strange loop, {kind}, {width} px: Tab walks through", checks.keyboard(page))


def works(run, chromium):
    """No scripts, paper, forced colours, the list of loops, hostile names."""
    with browser.Page(chromium, scripts=False) as page:
        page.open(run.folder / "strange-loop-conflicts.html")
        images = [node.get("name", {}).get("value", "") for node in page.accessibility() if node.get("role", {}).get("value") in ("img", "image")]
        run.true("strange loop: without scripts the eigenvalues are there", any("eigenvalues" in name and "unit circle" in name for name in images), images)
    with browser.Page(chromium, 793, 1100) as page:
        page.open(run.folder / "strange-loop-conflicts.html")
        page.media(False, "print")
        page.settle()
        for check in ("overflow", "contrast", "bars", "plots", "gains"):
            run.holds(f"strange loop, print: {check}", checks.ask(page, check))
        run.holds("strange loop, print: pictures are drawn", checks.pictures(page, 1))
        run.true("strange loop: it prints", page.pdf().startswith(b"%PDF"))
    with browser.Page(chromium, features=(("forced-colors", "active"),)) as page:
        page.open(run.folder / "strange-loop-conflicts.html")
        run.holds("strange loop, forced colours: pictures are drawn", checks.pictures(page, 1))
    with browser.Page(chromium) as page:
        page.open(run.folder / "strange-loop-load.html")
        loads = page.evaluate("[...document.querySelectorAll('#loads tbody tr')].map(r => parseFloat(r.cells[1].textContent))")
        run.true("strange loop: a row for each load, largest first", len(loads) == 57 and loads == sorted(loads, reverse=True), loads)
    with browser.Page(chromium) as page:
        page.open(run.folder / "strange-loop-thousand.html")
        count = "document.getElementById('found').textContent"
        run.true("strange loop, 1000 loops: they are called loops", page.evaluate(count) == "1000 loops", page.evaluate(count))
        page.evaluate("document.getElementById('find').focus()")
        page.type("gnb-0007")
        time.sleep(0.2)
        run.true("strange loop, 1000 loops: search finds them by name", page.evaluate(count) == "3 of 1000 loops shown", page.evaluate(count))
        page.evaluate("const s = document.getElementById('sort'); s.value = 'name'; s.dispatchEvent(new Event('change')); 0")
        page.evaluate("[...document.querySelectorAll('.problem')].find(e => !e.hidden).querySelector('summary').click()")
        page.settle()
        run.true("strange loop, 1000 loops: a row opens to its metrics", page.evaluate("document.querySelector('.problem[open] table') !== null && location.hash.includes('cell=')"))
        run.holds("strange loop, 1000 loops: no complaint, no request", checks.quiet(page))
    for kind in ("hostile", "hostile-reply", "hostile-state"):
        with browser.Page(chromium) as page:
            page.open(run.folder / f"strange-loop-{kind}.html")
            page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            page.fit()
            run.true(f"strange loop, {kind}: nothing of it became markup", page.evaluate("document.querySelectorAll('main img, main script, main iframe, main [onerror], main [style]').length") == 0)
            run.true(f"strange loop, {kind}: it is shown as text", page.evaluate("document.body.textContent.split('<script>alert(1)</script>').length") > 2)
            for check in ("overflow", "bars", "plots"):
                run.holds(f"strange loop, {kind}, all open: {check}", checks.ask(page, check))
            run.holds(f"strange loop, {kind}, all open: no complaint, no request", checks.quiet(page))


def planted(run, chromium):
    """Each check must fail where its fault is planted."""

    def fault(name, change, check="gains", kind="conflicts"):
        with browser.Page(chromium, 1280, 900) as page:
            page.open(run.folder / f"strange-loop-{kind}.html")
            page.fit()
            page.evaluate(change)
            page.settle()
            run.finds("strange loop, " + name, checks.ask(page, check))

    fault("a gain of the wrong colour", "const c = document.querySelector('.heat .same4, .heat .same3'); c.className = 'number against4'")
    fault("a shade that is not seen", "document.querySelector('.heat .same4, .heat .same3').style.background = 'none'")
    fault("an eigenvalue that is not drawn", "document.querySelector('.circle .chosen').setAttribute('d', '')")
    fault("a circle that is not round", "document.querySelector('.circle svg').setAttribute('preserveAspectRatio', 'none'); document.querySelector('.circle svg').style.aspectRatio = '2'")
    fault("eigenvalues without words", "document.querySelector('.circle svg').removeAttribute('aria-label')", "plots")
    fault("a faint residual", "document.querySelector('.axes .line').style.stroke = '#ddd'", "plots", "cosine")


def speed(run, chromium):
    """10 000 conflicts, and 1000 loops: printed, not judged, but for a stall."""
    for kind in ("many", "thousand"):
        with browser.Page(chromium, 1280, 900) as page:
            started = time.perf_counter()
            page.open(run.folder / f"strange-loop-{kind}.html")
            opened = time.perf_counter() - started
            paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            size = (run.folder / f"strange-loop-{kind}.html").stat().st_size
            print(f"        strange loop, {kind}: {size // 1024} KB, first paint {paint:.0f} ms, open in {opened:.1f} s")
            run.true(f"strange loop, {kind}: opens without a stall", opened < OPEN_SECONDS_MAX, opened)
            run.true(f"strange loop, {kind}: the page is bounded", size < PAGE_BYTES_MAX, size)
