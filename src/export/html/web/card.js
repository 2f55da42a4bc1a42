// The details: of a node, of what is between two, or, with nothing chosen, where one might begin.

const KIND_WORDS = { person: "Person", country: "Country", organization: "Organization", group: "Group", place: "Place", other: "Name" };

function nodeCard(n) {
  const node = nodes[n];
  const isFocus = focusKey() === node.key;
  const isOpen = state.open.includes(node.key);
  const canExpand = !isFocus && neighboursOf(n, picture.sifted).some((other) => !picture.shown.has(other));
  const facts = [];
  if (node.country && node.kind !== "country") facts.push(["Country", bdi(node.country)]);
  if (node.aliases?.length) facts.push(["Also called", ...shortList(node.aliases.map((alias) => bdi(alias)), 8)]);
  facts.push(["Mentioned", `${plural(node.mentions ?? 0, "time")} in ${plural((node.documents ?? []).length, "document")}`]);
  const head = el("header", { className: "card-head" },
    el("p", { className: "eyebrow" }, kindSign(node.kind), KIND_WORDS[node.kind]),
    el("h2", {}, bdi(node.name ?? "")),
    el("div", { className: "actions" },
      isFocus
        ? el("button", { textContent: "Back to the overview", on: { click: () => change({ trail: [], open: [] }, { step: true }) } })
        : el("button", { className: "main", id: "focus-node", textContent: "Show only its surroundings", on: { click: () => focusOn(n) } }),
      isOpen || canExpand ? el("button", { id: "expand-node", textContent: isOpen ? "Fold in neighbours" : "Unfold neighbours", on: { click: () => expand(n) } }) : ""));
  const offices = (node.roles ?? []).map((role) => {
    const days = [role.from, role.until].some(Boolean) ? `${role.from ? longDate(role.from) : "…"} – ${role.until ? longDate(role.until) : "today"}` : "";
    const title = (role.former ? "former " : "") + role.title;
    return el("li", {}, el("span", {}, bdi(title), role.of ? ", " : "", role.of ? bdi(role.of) : ""), days ? el("small", { textContent: days }) : "");
  });
  const tied = tiesOf(n);
  const said = saidBy[n].filter((q) => passesPiece(state, quotations[q]));
  const about = saidAbout[n].filter((q) => passesPiece(state, quotations[q]));
  return [
    head,
    el("dl", {}, ...facts.flatMap(([name, ...value]) => [el("dt", { textContent: name }), el("dd", {}, ...value)])),
    ...section("Offices", offices, offices.length ? [el("ul", { className: "offices" }, ...offices)] : []),
    ...section("Ties", tied.rows, longList("ties", tied.rows, tieRow, 25)),
    ...(tied.hidden ? [filteredNote(tied.hidden, "tie")] : []),
    ...section("Says", said, longList("quotes", said, (q) => quoteRow(quotations[q], n), 5)),
    ...section("Said about", about, longList("quotes", about, (q) => quoteRow(quotations[q], n), 5)),
    tied.rows.length + said.length + about.length === 0 && !tied.hidden
      ? el("p", { className: "note", textContent: "It is named, but no sentence tells what it did or said." })
      : "",
  ].filter((part) => part !== "");
}

/** A part of the card with its heading; `isCounted` says how many there are. */
function section(title, items, content, isCounted = true) {
  if (!items.length) return [];
  const count = isCounted ? el("span", { className: "count", textContent: items.length.toLocaleString("en") }) : "";
  return [el("h3", { className: "part" }, title, count), ...content];
}

function shortList(items, most) {
  const shown = items.slice(0, most).flatMap((item, n) => (n ? [", ", item] : [item]));
  return items.length > most ? [...shown, el("small", { textContent: ` and ${items.length - most} more` })] : shown;
}

/** One row for each neighbour, and one for each edge that lacks its other end. */
function tiesOf(n) {
  const rows = new Map();
  let hidden = 0;
  for (const e of new Set(edgesOf[n])) {
    const edge = edges[e];
    const count = picture.sifted.kept[e];
    if (!count) {
      hidden += 1;
      continue;
    }
    const other = edge.from === n ? edge.to : edge.from;
    const id = other === undefined ? `e${e}` : `n${other}`;
    if (!rows.has(id)) rows.set(id, { n, other, edges: [], count: 0 });
    rows.get(id).edges.push(edge);
    rows.get(id).count += count;
  }
  return { rows: [...rows.values()].sort((a, b) => b.count - a.count), hidden };
}

function tieRow({ n, other, edges: all, count }) {
  const phrase = (edge) => {
    if (edge.from === n || edge.predicate.symmetric) return edgeWords(edge);
    const inverse = edge.predicate.inverse;
    return (edge.not ? "not " : "") + (inverse || `← ${words(edge.predicate.name)}`) + (edge.flag ? ` (${edge.flag})` : "");
  };
  const phrases = [...new Set(all.map(phrase))];
  const text = phrases.slice(0, 3).join(", ") + (phrases.length > 3 ? `, +${phrases.length - 3}` : "");
  const sign = toneSign(all[0].predicate.tone, !all.some((edge) => edge.isFact));
  const content = [sign, el("span", {}, el("em", { textContent: text }), " ", other === undefined ? "somebody not named" : bdi(nodes[other].name ?? "")), el("span", { className: "count", textContent: count > 1 ? `×${count}` : "" })];
  if (other !== undefined) return el("li", {}, el("button", { className: "tie", on: { click: () => choosePair(n, other) } }, ...content));
  // Nothing to draw a line to; the sentences are shown here.
  const pieces = all.flatMap((edge) => edge.evidence ?? []).filter((piece) => passesPiece(state, piece));
  return el("li", {}, el("details", {}, el("summary", { className: "tie" }, ...content), el("ol", { className: "pieces" }, ...pieces.slice(0, 20).map(pieceOf))));
}

function quoteRow(quotation, n) {
  const speaker = quotation.by === undefined ? el("span", { textContent: printable(quotation.words ?? "somebody") }) : quotation.by === n ? bdi(nodes[n].name ?? "") : nodeLink(quotation.by);
  const about = (quotation.about ?? []).filter((other) => other !== n);
  const text = quotation.kind === "direct" ? `“${quotation.text}”` : quotation.text;
  const date = quotation.time ? longPeriod(quotation.time) : "";
  return el("li", {}, el("blockquote", { set: { dir: "auto" }, textContent: text }),
    el("p", { className: "source" }, speaker, quotation.to !== undefined && quotation.to !== n ? [" to ", nodeLink(quotation.to)] : "",
      about.length ? [" about ", ...about.slice(0, 4).flatMap((other, k) => (k ? [", ", nodeLink(other)] : [nodeLink(other)]))] : "", date ? ` · ${date}` : ""),
    sourceLine(quotation));
}

/** With nothing chosen: what this is, and where one might begin. */
function welcomeCard() {
  const { sifted } = picture;
  const heaviest = [...sifted.weight.keys()].filter((n) => sifted.weight[n] > 0).sort((a, b) => sifted.weight[b] - sifted.weight[a] || a - b).slice(0, 8);
  const pairs = new Map();
  for (const edge of edges) {
    if (!sifted.kept[edge.number] || edge.predicate.standing || edge.from === undefined || edge.to === undefined || edge.from === edge.to) continue;
    const id = edge.from < edge.to ? `${edge.from},${edge.to}` : `${edge.to},${edge.from}`;
    if (!pairs.has(id)) pairs.set(id, { n: edge.from, other: edge.to, edges: [], count: 0 });
    pairs.get(id).edges.push(edge);
    pairs.get(id).count += sifted.kept[edge.number];
  }
  const strongest = [...pairs.values()].sort((a, b) => b.count - a.count).slice(0, 8);
  const half = edges.filter((edge) => edge.from === undefined || edge.to === undefined).length;
  const drawn = half ? ` Of the ties ${half.toLocaleString("en")} tell one side only and stand on its card.` : "";
  const pieces = edges.reduce((sum, edge) => sum + (edge.evidence ?? []).length, 0);
  return [
    el("header", { className: "card-head" },
      el("h2", { textContent: "Who did what to whom" }),
      el("p", { textContent: `${plural(nodes.length, "name")} and ${plural(edges.length, "tie")} from ${plural(documents.length, "document")}, with ${plural(pieces, "sentence")} to prove them.${drawn}` }),
      el("p", { textContent: "Choose a name to see what it did and said, or a line to read the sentences behind it." })),
    ...section("Most is told of", heaviest, [el("ol", { className: "ties" }, ...heaviest.map((n) => el("li", {},
      el("button", { className: "tie", on: { click: () => chooseNode(n) } }, kindSign(nodes[n].kind), el("span", {}, bdi(nodes[n].name ?? "")), el("span", { className: "count", textContent: `×${sifted.weight[n].toLocaleString("en")}` })))))], false),
    ...section("Most is told between", strongest, [el("ol", { className: "ties" }, ...strongest.map((pair) => el("li", {},
      el("button", { className: "tie", on: { click: () => choosePair(pair.n, pair.other) } }, kindSign(nodes[pair.n].kind), el("span", {}, bdi(nodes[pair.n].name ?? ""), " – ", bdi(nodes[pair.other].name ?? "")), el("span", { className: "count", textContent: `×${pair.count.toLocaleString("en")}` })))))], false),
    el("p", { className: "note keys" }, el("kbd", { textContent: "/" }), " search  ", el("kbd", { textContent: "←↑↓→" }), " walk  ", el("kbd", { textContent: "Enter" }), " surroundings  ", el("kbd", { textContent: "Esc" }), " back"),
  ];
}

/** Fills the details; on a phone they come up only when something is chosen. */
function showCard() {
  const { chosen } = state;
  const card = byId("card");
  const content = chosen?.pair ? pairCard(...chosen.pair.map((key) => numberOf.get(key))) : chosen?.node ? nodeCard(numberOf.get(chosen.node)) : welcomeCard();
  // The keyboard stays in the details although what it stood on is gone.
  const hadFocus = card.contains(document.activeElement);
  card.replaceChildren(...content);
  if (hadFocus) byId("details").focus({ preventScroll: true });
  const identity = JSON.stringify(chosen);
  if (card.dataset.identity !== identity) {
    byId("details").scrollTop = 0;
    if (chosen) say(card.querySelector("h2").textContent);
  }
  card.dataset.identity = identity;
  document.body.classList.toggle("has-chosen", Boolean(chosen));
}
