// A link to a hit opens it.
function openHit() {
  var hit = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!hit || !hit.classList.contains("hit")) { return; }
  hit.open = true;
  hit.scrollIntoView();
  hit.firstElementChild.focus({ preventScroll: true });
}
window.addEventListener("hashchange", openHit);
openHit();
