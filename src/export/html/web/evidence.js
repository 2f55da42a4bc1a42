// Evidence: sentences with the words that name subject, act and object marked, and where they stand.

const ROLES = [
  ["subject", "who"],
  ["trigger", "does"],
  ["object", "to or about whom"],
];

/** The sentence of a piece, its words marked. Words that overlap are marked once, the act first. */
function markedSentence(piece) {
  const text = sentences[piece.sentence ?? 0] ?? "";
  const order = ["trigger", "subject", "object"];
  const spans = order.filter((role) => piece[role]).map((role) => ({ role, start: piece[role][0], end: piece[role][1] }));
  const taken = [];
  for (const span of spans) {
    if (!taken.some((other) => span.start < other.end && other.start < span.end)) taken.push(span);
    else if (span.role !== "trigger") {
      // What the act's words leave of a longer name.
      for (const part of without(span, taken)) taken.push(part);
    }
  }
  taken.sort((a, b) => a.start - b.start);
  const line = el("p", { className: "sentence", set: { dir: "auto" } });
  let at = 0;
  for (const { role, start, end } of taken) {
    line.append(text.slice(at, start), el("mark", { className: role, textContent: text.slice(start, end), title: ROLES.find(([name]) => name === role)[1] }));
    at = end;
  }
  line.append(text.slice(at));
  return line;
}

function without(span, taken) {
  let parts = [span];
  for (const other of taken) {
    parts = parts.flatMap((part) => {
      if (other.end <= part.start || part.end <= other.start) return [part];
      return [{ ...part, end: other.start }, { ...part, start: other.end }];
    });
  }
  return parts.filter((part) => part.end > part.start);
}

/** "seoul.txt, line 3 · 18 Mar 2021", linked where there is a web address. */
function sourceLine(piece) {
  const document = documents[piece.document ?? 0] ?? {};
  const place = `${printable((document.source ?? document.id ?? "").split(/[\\/]/).pop() || "document")}:${piece.line ?? 1}`;
  const link = webAddress(document.url);
  const name = document.title ? cut(printable(document.title), 90) : place;
  const parts = [
    link ? el("a", { href: link, rel: "noopener noreferrer", target: "_blank", title: link }, bdi(name)) : bdi(name),
    document.title ? el("span", { className: "place", textContent: place }) : null,
    document.publisher ? bdi(document.publisher) : null,
    document.date ? el("time", { dateTime: document.date, textContent: longDate(document.date) }) : null,
  ].filter(Boolean);
  return el("p", { className: "source" }, ...parts.flatMap((part, n) => (n ? [" · ", part] : [part])));
}

/** An address that a browser may follow: nothing but http and https. */
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

function pieceOf(piece) {
  const notes = [];
  if (piece.by !== undefined) notes.push(el("span", {}, "according to ", nodeLink(piece.by)));
  const published = documents[piece.document]?.date;
  if (piece.time && piece.time.join() !== published) notes.push(el("span", { textContent: `happened ${longPeriod(piece.time)}` }));
  if (piece.within !== undefined && edges[piece.within]) {
    const outer = edges[piece.within];
    const name = (n) => (n === undefined ? "somebody" : nodes[n].label);
    notes.push(el("span", { textContent: `within: ${name(outer.from)} ${edgeWords(outer)} ${name(outer.to)}` }));
  }
  const why = el("details", { className: "why" }, el("summary", { textContent: `${Math.round((piece.confidence ?? 0) * 100)}% confidence` }),
    el("p", {}, "Found by the rule ", el("code", { textContent: cut(rules[piece.rule ?? 0] ?? "", 400) }), piece.cameo ? ` (CAMEO ${piece.cameo})` : ""));
  return el("li", { className: "piece" }, markedSentence(piece), sourceLine(piece),
    notes.length ? el("p", { className: "notes" }, ...notes.flatMap((note, n) => (n ? [" · ", note] : [note]))) : "", why);
}

/** A list that shows some at first, and more when asked. */
function longList(className, items, make, most = 12) {
  const listNode = el("ol", { className });
  let shown = 0;
  const button = el("button", { className: "quiet", on: { click: () => more() } });
  const more = () => {
    listNode.append(...items.slice(shown, shown + most).map(make));
    shown = Math.min(items.length, shown + most);
    button.hidden = shown >= items.length;
    button.textContent = `Show ${Math.min(most, items.length - shown)} more of ${(items.length - shown).toLocaleString("en")}`;
  };
  more();
  return [listNode, button];
}

/** Everything between two nodes, both ways, with every piece of evidence that passes the filters. */
function pairCard(a, b) {
  const between = [...new Set(edgesOf[a])].map((e) => edges[e])
    .filter((edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a));
  const shown = between.map((edge) => ({ edge, pieces: passesEdge(state, edge) ? (edge.evidence ?? []).filter((piece) => passesPiece(state, piece)) : [] }));
  const kept = shown.filter(({ pieces }) => pieces.length);
  const hidden = between.reduce((sum, edge) => sum + (edge.evidence ?? []).length, 0) - kept.reduce((sum, { pieces }) => sum + pieces.length, 0);
  kept.sort((x, y) => (x.edge.predicate.standing ?? 0) - (y.edge.predicate.standing ?? 0) || y.pieces.length - x.pieces.length || x.edge.number - y.edge.number);
  const head = el("header", { className: "card-head" },
    el("p", { className: "eyebrow", textContent: "Between" }),
    el("h2", {}, nodeLink(a), el("span", { className: "and", textContent: " and " }), nodeLink(b)),
    el("p", { className: "key" }, el("mark", { className: "subject", textContent: "who" }), el("mark", { className: "trigger", textContent: "does" }), el("mark", { className: "object", textContent: "to or about whom" })));
  const sections = kept.map(({ edge, pieces }) =>
    el("section", { className: "relation" },
      el("h3", {}, toneSign(edge.predicate.tone, !edge.isFact), el("span", {}, bdi(nodes[edge.from].name ?? ""), " ", el("em", { textContent: edgeWords(edge) }), " ", bdi(nodes[edge.to].name ?? "")),
        pieces.length > 1 ? el("span", { className: "count", textContent: `×${pieces.length}` }) : ""),
      el("p", { className: "codes", textContent: [words(edge.predicate.family), edge.predicate.cameo && `CAMEO ${edge.predicate.cameo}`].filter(Boolean).join(" · ") }),
      ...longList("pieces", pieces, pieceOf)));
  return [head, ...sections, ...(hidden ? [filteredNote(hidden, "piece of evidence", "pieces of evidence")] : [])];
}

function filteredNote(count, one, many) {
  return el("p", { className: "note filtered" }, `The filters hide ${plural(count, one, many)}. `, el("button", { className: "link", textContent: "Clear them", on: { click: clearFilters } }));
}

/** A name that opens its card. */
function nodeLink(n) {
  return el("button", { className: "link name", on: { click: () => chooseNode(n) } }, bdi(nodes[n].name ?? ""));
}
