"""Drives Chromium over its debugging pipe: two pipes with JSON messages that end in a NUL, nothing but the standard library."""

import base64
import itertools
import json
import os
import pathlib
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "--remote-debugging-pipe")
ANSWER_SECONDS = 60


def installed():
    """The browser's program, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class BrowserError(Exception):
    """The browser refused a command, ended, or did not answer in time."""


class Browser:
    """One headless browser with a profile of its own, gone when the block ends."""

    def __init__(self, program):
        self._profile = tempfile.mkdtemp(prefix="report-browser-")
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        command = [program, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"]
        # The browser reads its commands from descriptor 3 and answers on 4.
        script = f'exec 3<&{to_browser} 4>&{from_browser}; exec "$@"'
        self._process = subprocess.Popen(["bash", "-c", script, "browser", *command], pass_fds=(to_browser, from_browser),
                                         stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self._numbers = itertools.count(1)
        self._buffer = b""
        self.events = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
        except (BrowserError, OSError):
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._write)
        os.close(self._read)
        shutil.rmtree(self._profile, ignore_errors=True)

    def send(self, method, session=None, **parameters):
        """Sends a command and waits for its answer; events that come before it are kept."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data):]
        until = time.monotonic() + ANSWER_SECONDS
        while True:
            answer = self._receive(until)
            if answer is None:
                raise BrowserError(f"{method}: no answer within {ANSWER_SECONDS} s")
            if answer.get("id") == number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method, session, seconds=ANSWER_SECONDS):
        """Waits until an event has come, also one that came before."""
        until = time.monotonic() + seconds
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    return event["params"]
            event = self._receive(until)
            if event is None:
                raise BrowserError(f"no event {method} within {seconds} s")
            self.events.append(event)

    def _receive(self, until):
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._read], [], [], max(0, until - time.monotonic()))
            if not ready:
                return None
            data = os.read(self._read, 1 << 20)
            if not data:
                raise BrowserError("the browser ended")
            self._buffer += data
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)


class Page:
    """One tab. Everything that the page logs, throws or asks of a network is in its events."""

    def __init__(self, browser, width=1280, height=900, dark=False, media="", scripts=True, features=()):
        self._browser = browser
        self._target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = browser.send("Target.attachToTarget", targetId=self._target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility", "DOM"):
            self.send(f"{domain}.enable")
        self.send("Page.setLifecycleEventsEnabled", enabled=True)
        self.resize(width, height)
        self.media(dark, media, features)
        self._scripts = scripts
        if not scripts:
            self.send("Emulation.setScriptExecutionDisabled", value=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._browser.send("Target.closeTarget", targetId=self._target)
        self._browser.events = [event for event in self._browser.events if event.get("sessionId") != self._session]

    def send(self, method, **parameters):
        return self._browser.send(method, self._session, **parameters)

    def resize(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)

    def fit(self, height_max=9000):
        """Makes the screen as high as the page, so that every part of it is on the screen and drawn."""
        width, before = self.evaluate("innerWidth"), None
        for _ in range(3):  # parts that were not laid out yet change the height
            height = self.evaluate("document.documentElement.scrollHeight")
            if height == before:
                break
            before = height
            self.send("Emulation.setDeviceMetricsOverride", width=width, height=max(900, min(height, height_max)), deviceScaleFactor=1, mobile=False)
            self.evaluate("scrollTo(0, 0)")
            self.settle()

    def media(self, dark=False, media="", features=()):
        wanted = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}, *({"name": name, "value": value} for name, value in features)]
        self.send("Emulation.setEmulatedMedia", media=media, features=wanted)

    def open(self, path, fragment=""):
        """Opens a file and waits until it is loaded and drawn."""
        self._browser.events = [event for event in self._browser.events if event.get("sessionId") != self._session]
        self.send("Page.navigate", url=pathlib.Path(path).resolve().as_uri() + fragment)
        self._browser.wait("Page.loadEventFired", self._session)
        self.settle()

    def reload(self):
        self._browser.events = [event for event in self._browser.events if event.get("sessionId") != self._session]
        self.send("Page.reload")
        self._browser.wait("Page.loadEventFired", self._session)
        self.settle()

    def settle(self):
        """Waits for two frames and for the work that was put off until they are drawn."""
        if self._scripts:
            self.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))")
        else:
            time.sleep(0.2)  # a promise of a page without scripts is never kept

    def evaluate(self, expression):
        """The value of an expression in the page; a promise is waited for."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(f"{expression[:120]}: {details.get('exception', {}).get('description', details.get('text'))}")
        return answer["result"].get("value")

    def key(self, name, code=None, text="", modifiers=0):
        """Presses and releases one key."""
        number = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35}.get(name, 0)
        text = text or {"Enter": "\r", " ": " "}.get(name, "")
        common = {"key": name, "code": code or ("Space" if name == " " else name), "windowsVirtualKeyCode": number, "modifiers": modifiers}
        self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text):
        self.send("Input.insertText", text=text)

    def screenshot(self, box=None):
        """The screen, or a part of it (left, top, width, height; the page must not be scrolled), as PNG bytes."""
        options = {"format": "png", "optimizeForSpeed": True}
        if box:
            options["clip"] = dict(zip(("x", "y", "width", "height"), box), scale=1)
        return base64.b64decode(self.send("Page.captureScreenshot", **options)["data"])

    def accessibility(self):
        return self.send("Accessibility.getFullAXTree")["nodes"]

    def complaints(self):
        """Errors and warnings of the console, exceptions, violations of the policy."""
        found = []
        for event in self._mine():
            parameters = event["params"]
            if event["method"] == "Runtime.exceptionThrown":
                details = parameters["exceptionDetails"]
                found.append(details.get("exception", {}).get("description") or details["text"])
            elif event["method"] == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
                found.append(" ".join(str(argument.get("value", argument.get("description"))) for argument in parameters["args"]))
            elif event["method"] == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
                found.append(parameters["entry"]["text"])
        return found

    def requests(self):
        """Addresses that the page asked for, itself left out."""
        asked = [event["params"]["request"]["url"] for event in self._mine() if event["method"] == "Network.requestWillBeSent"]
        return asked[1:]

    def pdf(self):
        return base64.b64decode(self.send("Page.printToPDF", printBackground=True)["data"])

    def _mine(self):
        return [event for event in self._browser.events if event.get("sessionId") == self._session]
