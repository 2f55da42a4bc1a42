// Which evidence passes the filters, which nodes are shown, and which edges become one line.

/** The pieces of evidence of every edge that pass, as counts, and what they give every node. */
function sift(state) {
  const kept = new Uint32Array(edges.length);
  const weight = new Float64Array(nodes.length);
  let undated = 0;
  for (const edge of edges) {
    if (!passesEdge(state, edge)) continue;
    let count = 0;
    for (const piece of edge.evidence ?? []) {
      if (passesPiece(state, piece)) count += 1;
      else if (piece.day === null) undated += 1;
    }
    kept[edge.number] = count;
    if (edge.from === undefined || edge.to === undefined) continue;
    weight[edge.from] += count;
    if (edge.to !== edge.from) weight[edge.to] += count;
  }
  return { kept, weight, undated };
}

function passesEdge(state, edge) {
  const { predicate } = edge;
  if (state.facts && !edge.isFact) return false;
  if (state.hiddenClasses.has(predicate.class) || state.hiddenFamilies.has(predicate.family)) return false;
  return ![edge.from, edge.to].some((end) => end !== undefined && state.hiddenKinds.has(nodes[end].kind));
}

function passesPiece(state, piece) {
  if (piece.confidence * 100 < state.confidence) return false;
  if (state.documents.size && !state.documents.has(piece.document)) return false;
  if (state.from === null && state.until === null) return true;
  if (piece.day === null) return false;
  return (state.from === null || piece.day >= state.from) && (state.until === null || piece.day <= state.until);
}

/** Neighbours, the weightiest tie first. */
function neighboursOf(n, sifted) {
  const ties = new Map();
  for (const e of edgesOf[n]) {
    const { from, to } = edges[e];
    const other = from === n ? to : from;
    if (other === undefined || other === n || !sifted.kept[e]) continue;
    ties.set(other, (ties.get(other) ?? 0) + sifted.kept[e]);
  }
  return [...ties].sort((a, b) => b[1] - a[1] || sifted.weight[b[0]] - sifted.weight[a[0]] || a[0] - b[0]).map(([other]) => other);
}

/** So many neighbours of one node are shown at once. */
const REACH = 60;

/** The nodes to show: around the focus, or the weightiest; with what was unfolded. */
function nodesShown(state, sifted) {
  const focus = focusKey();
  const shown = new Set();
  let candidates = 0;
  if (focus !== null) {
    const centre = numberOf.get(focus);
    const around = neighboursOf(centre, sifted);
    shown.add(centre);
    for (const other of around.slice(0, Math.max(REACH, state.top === fresh().top ? 0 : state.top))) shown.add(other);
    candidates = around.length + 1;
  } else {
    const order = [];
    sifted.weight.forEach((weight, n) => weight > 0 && order.push(n));
    order.sort((a, b) => sifted.weight[b] - sifted.weight[a] || a - b);
    for (const n of order.slice(0, state.top)) shown.add(n);
    candidates = order.length;
  }
  const first = shown.size;
  for (const key of state.open) {
    const n = numberOf.get(key);
    shown.add(n);
    for (const other of neighboursOf(n, sifted).slice(0, REACH)) shown.add(other);
  }
  // What the details speak of is on the picture.
  for (const key of [state.chosen?.node, ...(state.chosen?.pair ?? [])]) if (key) shown.add(numberOf.get(key));
  return { shown, more: Math.max(0, candidates - first) };
}

/** The lines to draw: edges of one tone from one node to another are one. Of more lines than can be told apart
    the weightiest, and the weightiest of every node; of what is chosen all. */
function linesToDraw(state, shown, sifted) {
  const bundles = bundlesAmong(shown, sifted);
  const most = 3 * state.top;
  if (focusKey() !== null || bundles.size <= most) return bundles;
  const chosen = new Set([state.chosen?.node, ...(state.chosen?.pair ?? []), ...state.open].map((key) => numberOf.get(key)));
  const order = [...bundles.values()].sort((a, b) => b.weight - a.weight || a.from - b.from || a.to - b.to);
  const tied = new Set();
  return new Map(order.filter(({ from, to }, k) => {
    const isDrawn = k < most || !tied.has(from) || !tied.has(to) || chosen.has(from) || chosen.has(to);
    if (isDrawn) tied.add(from).add(to);
    return isDrawn;
  }).map((bundle) => [bundle.id, bundle]));
}

function bundlesAmong(shown, sifted) {
  const bundles = new Map();
  for (const n of shown) {
    for (const e of edgesOf[n]) {
      const edge = edges[e];
      if (edge.from !== n || !sifted.kept[e] || !shown.has(edge.to)) continue;
      const { tone, symmetric } = edge.predicate;
      const [a, b] = symmetric && edge.to < edge.from ? [edge.to, edge.from] : [edge.from, edge.to];
      const id = `${a}>${b}:${tone}${symmetric ? "=" : ""}`;
      let bundle = bundles.get(id);
      if (!bundle) bundles.set(id, (bundle = { id, from: a, to: b, tone, symmetric, edges: [], weight: 0, isFact: false, get label() { return (this.words ??= bundleLabel(this, sifted)); } }));
      bundle.edges.push(edge);
      bundle.weight += sifted.kept[e];
      bundle.isFact ||= edge.isFact;
    }
  }
  for (const bundle of bundles.values()) bundle.edges.sort((a, b) => sifted.kept[b.number] - sifted.kept[a.number] || a.number - b.number);
  return bundles;
}

function bundleLabel({ edges: all }, sifted) {
  const line = (edge) => edgeWords(edge) + (sifted.kept[edge.number] > 1 ? ` ×${sifted.kept[edge.number]}` : "");
  const lines = all.slice(0, all.length > 3 ? 2 : 3).map(line);
  return lines.concat(all.length > 3 ? [`+${all.length - 2} more`] : []).join("\n");
}
