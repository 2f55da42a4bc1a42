// The keyboard: / searches, arrows walk from name to name, Enter focuses, Escape goes back, + - 0 zoom.

/** The number of the name that arrow keys stand on. */
let standing = null;

function standAt(n) {
  for (const mark of picture.marks.values()) mark.isAt = mark.n === n;
  standing = n;
  nameAll();
}

function standOn(mark) {
  standAt(mark.n);
  reveal(mark);
  say(`${nodes[mark.n].label}, ${KIND_WORDS[mark.kind]}, ${plural(neighboursShown(mark).size, "neighbour")} shown`);
}

/** The nearest name in a direction; what is tied to the present one is preferred. */
function nextTo(from, dx, dy) {
  const tied = neighboursShown(from);
  let best = null;
  let least = Infinity;
  for (const mark of picture.marks.values()) {
    if (mark === from) continue;
    const along = (mark.x - from.x) * dx + (mark.y - from.y) * dy;
    const across = Math.abs((mark.x - from.x) * dy - (mark.y - from.y) * dx);
    if (along <= 0 || across > along * 1.4) continue;
    const far = (along + 2 * across) * (tied.has(mark) ? 0.6 : 1);
    if (far < least) [best, least] = [mark, far];
  }
  return best;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function openKeys() {
  const canvas = byId("canvas");
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const chosen = state.chosen?.node ?? focusKey();
    const here = [standing, chosen === null ? null : numberOf.get(chosen)].map((n) => picture.marks.get(n)).find(Boolean);
    if (arrow) {
      const next = here ? nextTo(here, ...arrow) : byWeight([...picture.marks.values()])[0];
      if (next) standOn(next);
    } else if (event.key === "Enter" && here) {
      if (state.chosen?.node === nodes[here.n].key) focusOn(here.n);
      else chooseNode(here.n);
    } else if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("blur", () => standing !== null && standAt(null));
  addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("textarea, select, input:not([type=checkbox]):not([type=range])") ?? false;
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      closeSheets();
      byId("search").focus();
    } else if (event.key === "Escape") back();
  });
}

/** Escape: closes what is open, then what is chosen, then goes one step up the trail. */
function back() {
  if (document.body.classList.contains("filters-open")) closeSheets();
  else if (state.chosen && state.chosen.node !== focusKey()) choose(focusKey() === null ? null : { node: focusKey() });
  else if (state.trail.length) {
    const trail = state.trail.slice(0, -1);
    change({ trail, open: [], chosen: trail.length ? { node: trail.at(-1) } : null }, { step: true });
  } else if (state.open.length) change({ open: [] }, { step: true });
}

function openSheet() {
  document.body.classList.add("filters-open");
  byId("open-filters").setAttribute("aria-expanded", "true");
  byId("close-filters").focus({ preventScroll: true });
}

function closeSheets() {
  if (!document.body.classList.contains("filters-open")) return;
  document.body.classList.remove("filters-open");
  byId("open-filters").setAttribute("aria-expanded", "false");
  byId("open-filters").focus();
}
