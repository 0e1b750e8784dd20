"""Checks of a page that is open in the browser. Each gives the faults it found, as sentences; none means that the page holds."""

import json
import pathlib

import png

SCRIPT = (pathlib.Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
NAMED = {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "DisclosureTriangle", "DisclosureTriangleGrouped", "image", "img", "toolbar", "menuitem", "option"}
REGIONS = ("header", ".sections", ".answer", "#limits", "#findings", ".tools", ".problem > summary", ".problem[open] .chart", "#forecasts .chart", "#forecasts .plot")
STRIPS = 8
STRIP_COLOURS_MIN = 4
PICTURE_COLOURS_MIN = 2
TABS_MAX = 400


def ask(page, check, *arguments):
    """One of the functions of checks.js."""
    if not page.evaluate("!!window.reportChecks"):
        page.evaluate(SCRIPT)
    return page.evaluate(f"reportChecks.{check}({', '.join(json.dumps(argument) for argument in arguments)})")


def quiet(page):
    """No complaint in the console, no request, no dialog."""
    return page.complaints() + [f"asked for {address}" for address in page.requests()]


def region(page, box):
    """The pixels of a part of the page."""
    return png.decode(page.screenshot(box))[2]


def charts(page, count_min=1):
    """Every chart in view is inside its place, and drawn over its whole width."""
    page.fit()
    found, faults = ask(page, "charts"), []
    if len(found) < count_min:
        faults.append(f"{len(found)} charts")
    for number, chart in enumerate(found[:3], 1):
        if not chart["inside"]:
            faults.append(f"chart {number} is not inside its place")
        x, y, width, height = chart["box"]
        # The axis' numbers at the left and the room at the right are left out.
        drawn = region(page, (x + 70, y + 5, width - 100, height - 45))
        for place, strip in enumerate(png.strips(drawn, STRIPS), 1):
            if png.colours(strip) < STRIP_COLOURS_MIN:
                faults.append(f"chart {number}: strip {place} of {STRIPS} is blank")
    return faults


def pictures(page, count_min=1):
    """Every picture that is drawn without a script shows something."""
    page.fit()
    number, faults = 0, []
    while place := ask(page, "picture", number):
        number += 1
        page.settle()
        x, y, width, height = place
        if png.colours(region(page, (x + 2, y + 2, width - 4, height - 4))) < PICTURE_COLOURS_MIN:
            faults.append(f"picture {number} is blank")
    if number < count_min:
        faults.append(f"{number} pictures")
    return faults


def _in_reading_order(nodes):
    by_id = {node["nodeId"]: node for node in nodes}
    waiting = [node["nodeId"] for node in nodes if "parentId" not in node]
    while waiting:
        node = by_id.get(waiting.pop())
        if node:
            yield node
            waiting.extend(reversed(node.get("childIds", [])))


def names(page):
    """Accessibility tree: all that can be worked, and every picture, has a name; headings skip no level."""
    faults, level = [], 0
    for node in _in_reading_order(page.accessibility()):
        if node.get("ignored"):
            continue
        role = node.get("role", {}).get("value")
        name = node.get("name", {}).get("value", "").strip()
        if role in NAMED and not name:
            faults.append(f"a {role} without a name")
        if role == "heading":
            next_level = next((p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level"), 0)
            if next_level > level + 1:
                faults.append(f"heading '{name}' of level {next_level} after level {level}")
            level = next_level
    return faults[:5]


def keyboard(page):
    """Tab reaches everything once, each time with a visible focus, and leaves the page at its end."""
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    expected, stops, faults = ask(page, "tabbable"), [], []
    for _ in range(TABS_MAX):
        page.key("Tab")
        focus = ask(page, "focus")
        if focus is None or (stops and focus["stop"] == stops[0]):
            break
        if focus["stop"] in stops:
            faults.append(f"{focus['name']} holds the focus")
            break
        stops.append(focus["stop"])
        if not focus["visible"]:
            faults.append(f"focus on {focus['name']} is not visible")
    expected = max(expected, ask(page, "tabbable"))  # charts that were passed on the way have got their tools
    if not expected * 0.98 - 1 <= len(stops) <= expected + 1 and expected < TABS_MAX:
        faults.append(f"Tab reached {len(stops)} of {expected}")
    return faults[:5]


def layout(page):
    """Where the regions are and how much is drawn in each: what a baseline keeps."""
    page.fit()
    found, width = {}, page.evaluate("innerWidth")
    for selector, box in zip(REGIONS, ask(page, "regions", REGIONS)):
        if box:
            found[selector] = {"left": round(box[0] / width, 3), "width": round(box[2] / width, 3), "height": round(box[3]), "ink": round(png.ink(region(page, (*box[:3], min(box[3], 700)))), 4)}
    return found


def differs(seen, expected):
    """Structure and ink against the baseline. Fonts differ between machines: heights by half, ink by a factor of two and a half; charts less."""
    faults = [f"{selector} is {'missing' if selector in expected else 'new'}" for selector in sorted(set(seen) ^ set(expected))]
    for selector in seen.keys() & expected.keys():
        a, b = seen[selector], expected[selector]
        is_chart = selector.endswith(".plot")
        if abs(a["left"] - b["left"]) > 0.03 or abs(a["width"] - b["width"]) > 0.04:
            faults.append(f"{selector} stands elsewhere: {a} instead of {b}")
        if not 1 / 1.6 <= a["height"] / b["height"] <= 1.6 or (is_chart and abs(a["height"] - b["height"]) > 2):
            faults.append(f"{selector} is {a['height']} px high instead of {b['height']}")
        factor = 1.6 if is_chart else 2.5
        if not b["ink"] / factor <= a["ink"] <= b["ink"] * factor:
            faults.append(f"{selector}: ink {a['ink']} instead of {b['ink']}")
    return faults
