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
      if (!passesBut(state, piece)) continue;
      if (passesDays(state, piece)) count += 1;
      else if (piece.first === null) undated += 1;
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

const passesPiece = (state, piece) => passesBut(state, piece) && passesDays(state, piece);

/** Whatever the day. */
function passesBut(state, piece) {
  if (piece.confidence * 100 < state.confidence) return false;
  return !state.documents.size || state.documents.has(piece.document);
}

function passesDays(state, piece) {
  if (state.from === null && state.until === null) return true;
  if (piece.first === null) return false;
  return (state.from === null || piece.last >= state.from) && (state.until === null || piece.first <= state.until);
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

/** The lines to draw: edges of one tone from one node to another are one. Of more than can be told apart, all between
    the same two are one, and each node has only its strongest; what is looked at has all. */
function linesToDraw(state, shown, sifted) {
  const bundles = bundlesAmong(shown, sifted);
  if (bundles.size <= LINES) return { bundles, isDense: false };
  const looked = new Set([focusKey(), state.chosen?.node, ...state.open].filter(Boolean).map((key) => numberOf.get(key)));
  const pairs = pairsOf(bundles, sifted);
  const strong = strongest(pairs, shown, sifted);
  const isChosen = ({ from, to }) => state.chosen?.pair?.every((key) => [from, to].includes(numberOf.get(key)));
  const drawn = pairs.filter((pair) => strong.has(pair.id) || looked.has(pair.from) || looked.has(pair.to) || isChosen(pair));
  return { bundles: new Map(drawn.map((pair) => [pair.id, pair])), isDense: true };
}

/** One line for all bundles between the same two: in the tone, and the direction, that most is told in. */
function pairsOf(bundles, sifted) {
  const pairs = new Map();
  for (const bundle of bundles.values()) {
    const id = bundle.from < bundle.to ? `${bundle.from}-${bundle.to}` : `${bundle.to}-${bundle.from}`;
    if (!pairs.has(id)) pairs.set(id, []);
    pairs.get(id).push(bundle);
  }
  return [...pairs].map(([id, parts]) => {
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    const byTone = new Map();
    for (const part of parts) byTone.set(part.tone, (byTone.get(part.tone) ?? 0) + part.weight);
    const [tone] = [...byTone].reduce((best, other) => (other[1] > best[1] ? other : best));
    const own = parts.filter((part) => part.tone === tone).sort((a, b) => b.weight - a.weight || a.from - b.from);
    const { from, to } = own[0];
    const symmetric = own.some((part) => part.symmetric || (part.from !== from && part.weight * 2 >= own[0].weight));
    const all = parts.flatMap((part) => part.edges).sort((a, b) => sifted.kept[b.number] - sifted.kept[a.number] || a.number - b.number);
    return { id, from, to, tone, symmetric, edges: all, weight, isFact: own.some((part) => part.isFact), parts: parts.length, get label() { return (this.words ??= bundleLabel(this, sifted)); } };
  });
}

/** Every node's two strongest ties, and the strongest of all: a tie to one that has few counts more than the same
    to one that is tied to everybody. */
function strongest(pairs, shown, sifted) {
  const worth = ({ from, to, weight }) => weight / Math.sqrt(Math.max(sifted.weight[from], 1) * Math.max(sifted.weight[to], 1));
  const order = pairs.filter(({ from, to }) => from !== to).map((pair) => [worth(pair), pair]).sort((a, b) => b[0] - a[0] || b[1].weight - a[1].weight || (a[1].id < b[1].id ? -1 : 1));
  const kept = new Set();
  const count = new Map();
  // Of one node's ties the worth differs only by the other end.
  for (const [, { id, from, to }] of order) {
    if ((count.get(from) ?? 0) >= EACH && (count.get(to) ?? 0) >= EACH) continue;
    kept.add(id);
    for (const end of [from, to]) count.set(end, (count.get(end) ?? 0) + 1);
  }
  [...pairs].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, shown.size / 5).forEach(({ id }) => kept.add(id));
  return kept;
}
const EACH = 2;

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
