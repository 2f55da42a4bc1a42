// The keyboard: / searches, arrows walk from name to name, Enter focuses, Escape goes back, + - 0 zoom.

/** The name that arrow keys stand on. */
let standing = null;

function standOn(node) {
  cy.nodes().removeClass("at");
  node.addClass("at");
  standing = node.id();
  reveal(node);
  const n = node.data("n");
  say(`${nodes[n].label}, ${KIND_WORDS[nodes[n].kind]}, ${plural(node.neighborhood("node").length, "neighbour")} shown`);
}

/** The nearest name in a direction; what is tied to the present one is preferred. */
function nextTo(from, dx, dy) {
  const here = from.position();
  const tied = from.neighborhood("node");
  let best = null;
  let least = Infinity;
  cy.nodes().forEach((node) => {
    if (node === from) return;
    const { x, y } = node.position();
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const across = Math.abs((x - here.x) * dy - (y - here.y) * dx);
    if (along <= 0 || across > along * 1.4) return;
    const far = (along + 2 * across) * (tied.contains(node) ? 0.6 : 1);
    if (far < least) [best, least] = [node, far];
  });
  return best;
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function openKeys() {
  const canvas = byId("canvas");
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    const chosen = state.chosen?.node ?? focusKey();
    const here = [standing, chosen === null ? null : String(numberOf.get(chosen))].map((id) => id && cy.getElementById(id)).find((node) => node?.length);
    if (arrow) {
      const heaviest = cy.nodes().max((node) => node.data("mark")).ele;
      const next = here ? nextTo(here, ...arrow) : heaviest;
      if (next?.length) standOn(next);
    } else if (event.key === "Enter" && here) {
      const n = here.data("n");
      if (state.chosen?.node === nodes[n].key) focusOn(n);
      else chooseNode(n);
    } else if (event.key === "+" || event.key === "=") zoomBy(1.3);
    else if (event.key === "-") zoomBy(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("blur", () => {
    cy.nodes().removeClass("at");
    standing = null;
  });
  addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName ?? "") && event.target.type === "text";
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
