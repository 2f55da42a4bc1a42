// The picture: what is to be shown becomes marks and lines, and what is chosen stands out among them.
//
// In: the state. Out: `picture`, which the view, the names and the painter read.

/** What is shown: nodes and bundles by number and id, and for each a mark or a line. */
let picture = { sifted: null, shown: new Set(), bundles: new Map(), more: 0, isDense: false, spread: null, marks: new Map(), lines: [], pointed: null };

/** Shows the state; where something else is looked at the view is set at once. True where it should glide there
    instead, which only a small picture can. */
function draw(isNew, mayGlide) {
  const sifted = sift(state);
  const { shown, more } = nodesShown(state, sifted);
  const { bundles, isDense } = linesToDraw(state, shown, sifted);
  const { places, spread } = placesFor(shown, bundles, sifted, picture);
  const before = picture.marks;
  const marks = new Map();
  const heaviest = Math.max(...[...shown].map((n) => sifted.weight[n]), 1);
  for (const n of shown) {
    const weight = sifted.weight[n];
    const { label = "", side = "below", shift = 0 } = before.get(n) ?? {};
    const { x, y } = places.get(n);
    marks.set(n, { n, x, y, half: markOf(weight), kind: nodes[n].kind, weight, isStrong: weight > heaviest / 6, isAt: n === standing, label, side, shift });
  }
  picture = { sifted, shown, bundles, more, isDense, spread, marks, lines: linesAmong(bundles, marks, isDense), pointed: null };
  if (isDense) byWeight([...marks.values()]).slice(0, 12).forEach((mark) => (mark.isStrong = true));
  standOut();
  const glides = isNew && mayGlide && isSmall();
  if (isNew && !glides) look(viewOf([...marks.values()]));
  return glides;
}

const byWeight = (marks) => marks.sort((a, b) => b.weight - a.weight || a.n - b.n);

/** A line for every bundle; several between the same two are bent apart. */
function linesAmong(bundles, marks, isDense) {
  const beside = new Map();
  const lines = [];
  const degree = new Map();
  for (const bundle of bundles.values()) {
    const { from, to, tone, symmetric, isFact, weight } = bundle;
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const width = isDense ? Math.min(3.6, 0.9 + 0.55 * Math.log(weight)) : Math.min(4.75, 1.05 + 0.66 * Math.log(weight));
    const line = { bundle, from: marks.get(from), to: marks.get(to), tone, symmetric, isFact, weight, width, bow: 0, label: "", at: 0.5 };
    if (!beside.has(pair)) beside.set(pair, []);
    beside.get(pair).push(line);
    lines.push(line);
    for (const end of [from, to]) degree.set(end, (degree.get(end) ?? 0) + 1);
  }
  for (const group of beside.values()) group.forEach((line, k) => (line.bow = k - (group.length - 1) / 2));
  // The strongest are painted last, above the others.
  lines.sort((a, b) => a.weight - b.weight || b.from.n - a.from.n || b.to.n - a.to.n);
  for (const line of lines) line.opacity = strength(line, lines.length, Math.max(degree.get(line.from.n), degree.get(line.to.n)));
  return lines;
}

/** How clearly a line is drawn: among many, those that few sentences tell step back, and those of a name that
    has very many most of all. */
function strength({ tone, weight }, lines, degree) {
  const full = tone === "state" ? 0.6 : 0.85;
  if (lines < 120) return full;
  const told = 0.3 + 0.2 * Math.log(weight);
  const crowded = Math.min(1, Math.sqrt(14 / degree));
  return Math.min(full, Math.max(0.16, told * crowded));
}

/** What is chosen stands out; what has nothing to do with it steps back. */
function standOut() {
  const focus = focusKey() === null ? null : picture.marks.get(numberOf.get(focusKey()));
  const { chosen } = state;
  const node = chosen?.node ? picture.marks.get(numberOf.get(chosen.node)) : null;
  const pair = chosen?.pair?.map((key) => picture.marks.get(numberOf.get(key))) ?? null;
  const touches = (line, mark) => line.from === mark || line.to === mark;
  const isChosen = (line) => pair !== null && touches(line, pair[0]) && touches(line, pair[1]) && (pair[0] === pair[1] || line.from !== line.to);
  const isBright = (line) => (pair ? isChosen(line) : node && touches(line, node));
  // The focus itself is no choice: everything there has to do with it.
  const chooses = pair !== null || (node && node !== focus);
  const bright = new Set(pair ?? (node ? [node] : []));
  for (const line of picture.lines) {
    line.isChosen = isChosen(line);
    line.isNear = Boolean(chooses && isBright(line));
    line.isDim = Boolean(chooses && !line.isNear);
    line.isAside = Boolean(focus && !touches(line, focus) && !line.isNear);
    if (line.isNear && node) bright.add(line.from).add(line.to);
  }
  for (const mark of picture.marks.values()) {
    mark.isChosen = mark === node || mark === focus;
    mark.isDim = Boolean(chooses && !bright.has(mark));
  }
}

/** Marks that a line ties to this one. */
function neighboursShown(mark) {
  const found = new Set();
  for (const { from, to } of picture.lines) {
    if (from === mark && to !== mark) found.add(to);
    if (to === mark && from !== mark) found.add(from);
  }
  return found;
}
