// The graph: read from the page once, with the look-ups that everything else uses.

const graph = JSON.parse(byId("graph").textContent);
const { nodes, edges, documents, predicates, sentences, rules, quotations } = graph;

/** What nodes are, in the order of the legend. */
const KINDS = [
  ["person", "People"],
  ["country", "Countries"],
  ["organization", "Organizations"],
  ["group", "Groups"],
  ["place", "Places"],
  ["other", "Other"],
];

/** What edges do: the class of the legend, its name, and the tone it is drawn in. */
const CLASSES = [
  ["talk", "Statements", "speech"],
  ["agree", "Verbal cooperation", "cooperation"],
  ["help", "Material cooperation", "cooperation"],
  ["blame", "Verbal conflict", "conflict"],
  ["harm", "Material conflict", "conflict"],
  ["state", "Offices and ties", "state"],
];
const TONE = Object.fromEntries(CLASSES.map(([name, , tone]) => [name, tone]));

for (const predicate of predicates) {
  predicate.class = predicate.standing ? "state" : CLASSES[predicate.quad ?? 0][0];
  predicate.tone = TONE[predicate.class];
  predicate.family ??= "other";
}

/** The node's number by its key. */
const numberOf = new Map();
/** The edges, and the quotations by and about, of every node. */
const edgesOf = nodes.map(() => []);
const saidBy = nodes.map(() => []);
const saidAbout = nodes.map(() => []);

nodes.forEach((node, n) => {
  numberOf.set(node.key, n);
  node.label = printable(node.name ?? "");
  node.kind ??= "other";
});

let firstDay = Infinity;
let lastDay = -Infinity;

/** The day of a piece of evidence, or of a quotation: when it happened, else when it was published. */
function dayTold(piece) {
  const date = piece.time?.[0] ?? documents[piece.document ?? 0]?.date;
  return date ? dayOf(date) : null;
}

edges.forEach((edge, n) => {
  edge.number = n;
  edge.predicate = predicates[edge.predicate ?? 0];
  edge.isFact = !edge.not && !edge.flag;
  for (const end of new Set([edge.from, edge.to])) if (end !== undefined) edgesOf[end].push(n);
  for (const piece of edge.evidence ?? []) {
    piece.document ??= 0;
    piece.confidence ??= 0;
    piece.day = dayTold(piece);
    if (piece.day !== null) {
      firstDay = Math.min(firstDay, piece.day);
      lastDay = Math.max(lastDay, piece.day);
    }
  }
});

quotations.forEach((quotation, n) => {
  quotation.day = dayTold(quotation);
  if (quotation.by !== undefined) saidBy[quotation.by].push(n);
  for (const node of quotation.about ?? []) saidAbout[node].push(n);
});

const hasDays = lastDay > firstDay;

/** The days between which nearly everything was told: a slider should not spend its way on two strays. */
const [lowDay, highDay] = (() => {
  const days = edges.flatMap((edge) => edge.evidence ?? []).map((piece) => piece.day).filter((day) => day !== null);
  if (days.length < 200) return [firstDay, lastDay];
  days.sort((a, b) => a - b);
  const [low, high] = [days[Math.floor(days.length * 0.01)], days[Math.ceil(days.length * 0.99) - 1]];
  return low < high ? [low, high] : [firstDay, lastDay];
})();

/** "urges", "not accuses", "convinces (asked)". */
function edgeWords(edge) {
  const name = words(edge.predicate.name ?? "");
  return (edge.not ? "not " : "") + name + (edge.flag ? ` (${edge.flag})` : "");
}

/** "seoul.txt" of a long path. */
const documentName = (document) =>
  printable(document.title || (document.source ?? document.id ?? "").split(/[\\/]/).pop() || "untitled");
