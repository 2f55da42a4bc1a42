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

/** Notes the first and the last day of a piece of evidence, or of a quotation: when it happened, else when it was
    published; null where nothing tells. */
function noteDays(piece) {
  const published = documents[piece.document ?? 0]?.date;
  const [from, until] = piece.time ? [piece.time[0], piece.time[1] ?? piece.time[0]] : [published, published];
  piece.first = from ? dayOf(from) : null;
  piece.last = until ? dayOf(until) : piece.first;
}

edges.forEach((edge, n) => {
  edge.number = n;
  edge.predicate = predicates[edge.predicate ?? 0];
  edge.isFact = !edge.not && !edge.flag;
  for (const end of new Set([edge.from, edge.to])) if (end !== undefined) edgesOf[end].push(n);
  for (const piece of edge.evidence ?? []) {
    piece.document ??= 0;
    piece.confidence ??= 0;
    noteDays(piece);
  }
});

quotations.forEach((quotation, n) => {
  noteDays(quotation);
  if (quotation.by !== undefined) saidBy[quotation.by].push(n);
  for (const node of quotation.about ?? []) saidAbout[node].push(n);
});

/** "urges", "not accuses", "convinces (asked)". */
function edgeWords(edge) {
  const name = words(edge.predicate.name ?? "");
  return (edge.not ? "not " : "") + name + (edge.flag ? ` (${edge.flag})` : "");
}

/** "seoul.txt" of a long path. */
const documentName = (document) =>
  printable(document.title || (document.source ?? document.id ?? "").split(/[\\/]/).pop() || "untitled");
