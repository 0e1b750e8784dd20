// Theme and the page's state. The state lives in the address after the #, so that links, reload and the back button keep it:
// #cell=NAME&find=...&sort=...&kind=...&state=...&theme=... ; another # leads to the element of that id, as everywhere.
var root = document.documentElement;
root.classList.add("scripted");

var state = {};
function readState() {
  state = {};
  var text = location.hash.slice(1);
  if (text.indexOf("=") < 0) { return; }
  text.split("&").forEach(function (part) {
    var at = part.indexOf("=");
    if (at < 1) { return; }
    try { state[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (error) { state[part.slice(0, at)] = ""; }
  });
}
// A step that the back button undoes, or a silent change.
function setState(changes, isStep) {
  Object.keys(changes).forEach(function (key) { if (changes[key]) { state[key] = changes[key]; } else { delete state[key]; } });
  var text = Object.keys(state).map(function (key) { return key + "=" + encodeURIComponent(state[key]); }).join("&");
  if (text === location.hash.slice(1)) { return; }
  history[isStep ? "pushState" : "replaceState"](null, "", "#" + text);
}
readState();

var systemDark = window.matchMedia("(prefers-color-scheme: dark)");
var themeButton = document.getElementById("theme");
function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
}
function showTheme() {
  if (state.theme === "dark" || state.theme === "light") { root.dataset.theme = state.theme; } else { delete root.dataset.theme; }
  themeButton.textContent = isDark() ? "Light" : "Dark";
  themeButton.setAttribute("aria-label", isDark() ? "Light colours" : "Dark colours");
}
