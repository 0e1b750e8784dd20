"""The pages of the memory's results in the browser: what stands on them, their bars, their links, and planted faults."""

import time

import browser
import checks

KINDS = ("recall", "weighted", "words", "nothing", "skills", "effect", "unsure", "state", "stored", "updated", "pruned", "hostile")
OPEN_SECONDS_MAX = 30  # generous: a stall, not a slow machine
PAGE_BYTES_MAX = 7_000_000
SAID = {
    "recall": ("h1", "Recall from the memory"), "nothing": (".lead", "No episode passed the filter."), "skills": (".lead", "Best: "), "effect": (".lead", "The action lowers the outcome"),
    "unsure": (".answer", "fewer than 20 episodes with the action"), "state": (".lead", "The memory holds 100 episodes"), "stored": (".lead", "episodes are stored, 1 to 1200."),
    "updated": (".lead", "Episode 1 has a new reward."), "pruned": (".lead", "1100\u00a0episodes removed."),
}


def looks(run, chromium):
    """Every kind of result on a phone and on a desk, in both themes."""
    for kind in KINDS:
        for width, dark in ((360, True), (360, False), (1280, False), (1280, True)):
            if width == 360 and not dark and kind not in ("recall", "skills"):
                continue
            with browser.Page(chromium, width, 900, dark) as page:
                page.open(run.folder / f"memory-{kind}.html")
                page.fit()
                where = f"memory, {kind}, {width} px, {'dark' if dark else 'light'}"
                for check in ("overflow", "overlap", "contrast", "targets", "structure", "bars", "hits"):
                    run.holds(f"{where}: {check}", checks.ask(page, check))
                run.holds(f"{where}: accessible names and headings", checks.names(page))
                run.holds(f"{where}: no complaint, no request", checks.quiet(page))
                run.shot(page, f"memory-{kind}-{width}-{'dark' if dark else 'light'}")
                if kind in SAID and width == 1280 and not dark:
                    selector, text = SAID[kind]
                    seen = page.evaluate(f"document.querySelector('{selector}').textContent")
                    run.true(f"memory, {kind}: says what it is", text in seen, seen)
    for kind, width in (("recall", 1280), ("recall", 360), ("skills", 1280), ("state", 360)):
        with browser.Page(chromium, width, 900) as page:
            page.open(run.folder / f"memory-{kind}.html")
            run.holds(f"memory, {kind}, {width} px: Tab walks through", checks.keyboard(page))


def works(run, chromium):
    """Links, sorting, all open, no scripts, paper, forced colours."""
    with browser.Page(chromium) as page:
        page.open(run.folder / "memory-recall.html")
        last = "document.querySelectorAll('details.hit')[5]"
        run.true("memory: a hit below the first ones is closed", page.evaluate(last + ".open") is False)
        page.evaluate("document.querySelectorAll('#compared tbody a')[5].focus()")
        page.key("Enter")
        page.settle()
        opened = page.evaluate(f"(() => {{ const r = {last}.getBoundingClientRect(); return {last}.open && document.activeElement === {last}.firstElementChild && r.top >= -1 && r.top < innerHeight; }})()")
        run.true("memory: Enter on its row opens it, in view, with the focus", opened)
        page.reload()
        run.true("memory: a link to it opens it", page.evaluate(last + ".open"))
        page.evaluate("document.querySelectorAll('details.hit').forEach(e => { e.open = true; })")
        page.fit()
        for check in ("overflow", "overlap", "contrast", "bars"):
            run.holds(f"memory, all hits open: {check}", checks.ask(page, check))
        texts = "[...document.querySelectorAll('#compared tbody tr')].map(r => r.cells[3].textContent)"
        head = "[...document.querySelectorAll('#compared th button')].find(e => e.textContent === 'Cell').click()"
        page.evaluate(head)
        cells = page.evaluate(texts)
        run.true("memory: hits sort by cell", cells == sorted(cells) and len(set(cells)) > 1, cells)
    with browser.Page(chromium, scripts=False) as page:
        page.open(run.folder / "memory-recall.html")
        named = [node.get("name", {}).get("value", "") for node in page.accessibility() if node.get("role", {}).get("value") == "link"]
        run.true("memory: without scripts every hit is there", sum("Episode" in name for name in named) == 6, named)
    with browser.Page(chromium, 793, 1100) as page:
        page.open(run.folder / "memory-recall.html")
        page.media(False, "print")
        page.settle()
        for check in ("overflow", "contrast", "bars"):
            run.holds(f"memory, print: {check}", checks.ask(page, check))
        run.true("memory: it prints", page.pdf().startswith(b"%PDF"))
    with browser.Page(chromium, features=(("forced-colors", "active"),)) as page:
        page.open(run.folder / "memory-recall.html")
        run.holds("memory, forced colours: bars", checks.ask(page, "bars"))
    with browser.Page(chromium) as page:
        page.open(run.folder / "memory-hostile.html")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        page.fit()
        run.true("memory, hostile: nothing of it became markup", page.evaluate("document.querySelectorAll('main img, main script, main iframe, main [onerror], main [style]').length") == 0)
        run.true("memory, hostile: it is shown as text", page.evaluate("document.body.textContent.split('<script>alert(1)</script>').length") > 10)
        for check in ("overflow", "bars", "hits"):
            run.holds(f"memory, hostile, all open: {check}", checks.ask(page, check))
        run.holds("memory, hostile, all open: no complaint, no request", checks.quiet(page))


def planted(run, chromium):
    """Each check must fail where its fault is planted."""

    def fault(name, change, check, kind="recall"):
        with browser.Page(chromium, 1280, 900) as page:
            page.open(run.folder / f"memory-{kind}.html")
            page.fit()
            page.evaluate(change)
            page.settle()
            run.finds("memory, " + name, checks.ask(page, check))

    share = "document.querySelector('td[data-label=\"Part of the distance\"] .part')"
    fault("a bar longer than its number", share + ".setAttribute('width', 10 + Number(" + share + ".getAttribute('width')))", "bars")
    fault("a bar that is read aloud", "document.querySelector('svg.measure').removeAttribute('aria-hidden')", "bars")
    fault("a bar without its number", "document.querySelector('svg.measure').closest('td').firstChild.data = ''", "bars")
    fault("a bar that leaves its cell", "document.querySelector('svg.measure').style.cssText = 'position: relative; left: 400px'", "bars")
    fault("an interval beyond its bar", "document.querySelector('svg.measure').style.overflow = 'visible'; document.querySelector('.measure .span').setAttribute('x', 120)", "bars", "skills")
    fault("a faint bar", "document.querySelector('.measure .part').style.fill = '#ddd'", "bars", "skills")
    fault("a row that leads nowhere", "document.querySelector('#compared tbody a').href = '#hit-99'", "hits")
    fault("a row that leads to another hit", "document.querySelector('#compared tbody a').href = '#hit-2'", "hits")
    fault("a hit without a row", "document.querySelector('#compared tbody tr').remove()", "hits")
    fault("a hit that does not say how it ended", "document.querySelector('.hit .chip').remove()", "hits")


def speed(run, chromium):
    """A thousand hits: printed, not judged, but for a stall."""
    with browser.Page(chromium, 360, 900) as page:
        started = time.perf_counter()
        page.open(run.folder / "memory-hits.html")
        opened = time.perf_counter() - started
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        size = (run.folder / "memory-hits.html").stat().st_size
        print(f"        a thousand hits: {size // 1024} KB, first paint {paint:.0f} ms, open in {opened:.1f} s")
        run.true("memory, a thousand hits: all are there", page.evaluate("document.querySelectorAll('details.hit').length") == 1000)
        run.true("memory, a thousand hits: rows and hits belong together", checks.ask(page, "hits") == [])
        run.true("memory, a thousand hits: not wider than a phone", page.evaluate("document.documentElement.scrollWidth") <= 360)
        run.true("memory, a thousand hits: opens without a stall", opened < OPEN_SECONDS_MAX, opened)
        run.true("memory, a thousand hits: the page is bounded", size < PAGE_BYTES_MAX, size)
