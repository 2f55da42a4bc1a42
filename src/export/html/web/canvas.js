// The picture: what is to be shown becomes cytoscape.js's elements, with as little change as can be.

let cy = null;
/** What the last picture showed. */
let picture = { sifted: null, shown: new Set(), bundles: new Map(), more: 0 };

/** Marks and letters are drawn larger where the view is far away, so that they can be seen. */
const scale = () => Math.min(6, Math.max(0.55, 0.95 / (cy?.zoom() ?? 1)));

/** Marks grow less than letters, so that they stay apart. In a dense picture marks and lines are painted once,
    for the view of everything: painting thousands anew at every step of a zoom is slow. */
const isDense = () => picture.bundles.size > 300;
const lineScale = () => (isDense() ? wholeScale : scale());
const markScale = () => Math.min(isDense() ? 1.25 : 2.4, lineScale() ** 0.75);
let wholeScale = 1;

function openCanvas() {
  cy = cytoscape({
    container: byId("canvas"),
    style: canvasStyle(),
    layout: { name: "preset" },
    minZoom: 0.04,
    maxZoom: 4,
    boxSelectionEnabled: false,
    selectionType: "single",
    autounselectify: true,
    pixelRatio: Math.min(2, devicePixelRatio || 1),
  });
  cy.on("tap", "node", (event) => chooseNode(event.target.data("n")));
  cy.on("dbltap", "node", (event) => focusOn(event.target.data("n")));
  cy.on("tap", "edge", (event) => choosePair(event.target.data("from"), event.target.data("to")));
  cy.on("tap", (event) => {
    if (event.target === cy && state.chosen) choose(null);
  });
  cy.on("mouseover", "node, edge", (event) => showTip(event));
  cy.on("mouseout", "node, edge", () => hideTip());
  cy.on("viewport", () => {
    hideTip();
    afterZoom();
  });
}

/** Changes what is not so already: every change has an element styled anew. */
function renew(element, data) {
  if (Object.entries(data).some(([name, value]) => element.data(name) !== value)) element.data(data);
}

/** Shows the state. Where something else is looked at the view is set before anything is painted, so that it is
    painted once; true where it should glide there instead, which only a small picture can. */
function draw(isNew, mayGlide) {
  const sifted = sift(state);
  const { shown, more } = nodesShown(state, sifted);
  const bundles = linesToDraw(state, shown, sifted);
  const before = new Map(cy.nodes().map((n) => [n.data("n"), n.position()]));
  const places = placesFor(shown, bundles, sifted, before);
  picture = { sifted, shown, bundles, more };
  const glides = isNew && mayGlide && isSmall();
  if (isNew && !glides) {
    look(viewOf([...shown].map((n) => ({ ...places.get(n), half: markOf(sifted.weight[n]) }))));
    // What stays was painted for another view.
    if (paintedAt.lines === lineScale() || !before.size) paintedAt = { letters: scale(), lines: lineScale(), count: bundles.size };
  }
  cy.batch(() => {
    // All at once: each removal walks through everything that is left.
    cy.remove(cy.edges().filter((e) => !bundles.has(e.id())).union(cy.nodes().filter((n) => !shown.has(n.data("n")))));
    const added = [];
    const heaviest = Math.max(...[...shown].map((n) => sifted.weight[n]), 1);
    for (const n of shown) {
      const mark = markOf(sifted.weight[n]);
      const data = { id: String(n), n, kind: nodes[n].kind, mark, strong: sifted.weight[n] > heaviest / 6 };
      const old = cy.getElementById(data.id);
      if (old.length) {
        renew(old, data);
        const [{ x, y }, place] = [old.position(), places.get(n)];
        if (x !== place.x || y !== place.y) old.position({ ...place });
      }
      else added.push({ group: "nodes", data, position: { ...places.get(n) } });
    }
    for (const bundle of bundles.values()) {
      const { id, from, to, tone, symmetric, isFact, weight } = bundle;
      const data = { id, source: String(from), target: String(to), from, to, tone, symmetric, isFact, weight };
      const old = cy.getElementById(id);
      if (old.length) renew(old, { isFact, weight });
      else added.push({ group: "edges", data });
    }
    cy.add(added);
  });
  // While a dense picture is moved, its lines are left out.
  cy.renderer().hideEdgesOnViewport = bundles.size > 600;
  mark();
  return glides;
}

/** What is chosen stands out; what has nothing to do with it steps back. */
function mark() {
  const focus = focusKey();
  const centre = focus === null ? null : cy.getElementById(String(numberOf.get(focus)));
  const { chosen } = state;
  cy.batch(() => {
    cy.elements().removeClass("dim near chosen focus aside");
    if (centre?.length) {
      centre.addClass("focus");
      cy.edges().difference(centre.connectedEdges()).addClass("aside");
    }
    let bright = null;
    if (chosen?.node) {
      const node = cy.getElementById(String(numberOf.get(chosen.node)));
      node.addClass("chosen");
      if (chosen.node !== focus) bright = node.closedNeighborhood();
    }
    if (chosen?.pair) {
      const [a, b] = chosen.pair.map((key) => cy.getElementById(String(numberOf.get(key))));
      bright = a.edgesWith(b).union(a).union(b);
      a.edgesWith(b).addClass("chosen");
    }
    if (bright) {
      cy.elements().difference(bright).addClass("dim");
      bright.edges().removeClass("aside").addClass("near");
    }
  });
}

/** A view may glide to what is small, where the reader has not asked for calm. */
const isSmall = () => picture.shown.size < 150 && !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The view in which these marks are seen; null for none. */
function viewOf(marks) {
  if (!marks.length) return null;
  const [left, right] = [Math.min(...marks.map((m) => m.x - m.half)), Math.max(...marks.map((m) => m.x + m.half))];
  const [above, below] = [Math.min(...marks.map((m) => m.y - m.half)), Math.max(...marks.map((m) => m.y + m.half))];
  const padding = isPhone() ? 28 : 56;
  // On a phone the card covers the lower half.
  const height = cy.height() * (isPhone() && state.chosen ? 0.47 : 1);
  const top = state.trail.length ? 40 : 0;
  const zoom = Math.min(1.15, (cy.width() - 2 * padding) / (right - left), (height - top - 2 * padding) / (below - above));
  return { zoom, pan: { x: cy.width() / 2 - (zoom * (left + right)) / 2, y: (height + top) / 2 - (zoom * (above + below)) / 2 } };
}

/** Sets the view at once. */
function look(view) {
  if (!view) return;
  cy.stop();
  wholeScale = Math.min(6, Math.max(0.55, 0.95 / view.zoom));
  cy.viewport(view);
}

/** Shows everything that is on the picture. */
function fit(animate = true) {
  const view = viewOf(cy.nodes().map((n) => ({ ...n.position(), half: n.data("mark") })));
  if (!view) return;
  if (animate && isSmall()) {
    cy.stop();
    wholeScale = Math.min(6, Math.max(0.55, 0.95 / view.zoom));
    nameAll();
    cy.animate({ ...view, duration: 260, easing: "ease-out-cubic", complete: afterZoom });
  } else {
    look(view);
    nameAll();
  }
}

/** Moves the view to a node where it cannot be seen. */
function reveal(node) {
  if (!node.length) return;
  const { x, y } = node.renderedPosition();
  const edge = 60;
  const height = cy.height() * (isPhone() && state.chosen ? 0.47 : 1);
  if (x > edge && y > edge && x < cy.width() - edge && y < height - edge) return;
  cy.animate({ panBy: { x: cy.width() / 2 - x, y: height / 2 - y }, duration: 220 });
}

function zoomBy(factor) {
  cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

/** The picture on the screen, with its legend's words, as a file. */
async function savePicture() {
  const blob = await cy.png({ output: "blob-promise", full: true, maxWidth: 4000, maxHeight: 4000, scale: 2, bg: colours().paper });
  const link = el("a", { href: URL.createObjectURL(blob), download: "graph.png" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say("The picture was saved as graph.png.");
}

function showTip(event) {
  const tip = byId("tip");
  const data = event.target.data();
  const text = event.target.isNode()
    ? `${nodes[data.n].label} · ${plural(picture.sifted.weight[data.n], "piece")} of evidence`
    : `${nodes[data.from].label} ${data.symmetric ? "↔" : "→"} ${nodes[data.to].label}: ${picture.bundles.get(data.id)?.label.replaceAll("\n", ", ") ?? ""}`;
  tip.textContent = text;
  tip.hidden = false;
  const { x, y } = event.renderedPosition ?? { x: 0, y: 0 };
  tip.style.left = `${Math.max(8, Math.min(x + 14, cy.width() - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, y - tip.offsetHeight - 12)}px`;
  byId("canvas").classList.add("pointing");
}

function hideTip() {
  byId("tip").hidden = true;
  byId("canvas").classList.remove("pointing");
}
