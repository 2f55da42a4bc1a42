// The panel of filters, which is the legend too: kinds, what edges do, families, time, trust, documents.

/** What every filter has to say when the state changes. */
const refreshers = [];

function toggleRow(set, name, label, sign, count) {
  const box = el("input", { type: "checkbox", on: { change: () => flip(set, name) } });
  refreshers.push(() => (box.checked = !state[set].has(name)));
  return el("label", { className: "row" }, box, sign, el("span", { className: "name", textContent: label }),
    el("span", { className: "count", textContent: count.toLocaleString("en") }));
}

function flip(set, name) {
  const next = new Set(state[set]);
  if (!next.delete(name)) next.add(name);
  change({ [set]: next });
}

function groupOf(title, ...content) {
  return el("fieldset", {}, el("legend", { textContent: title }), ...content);
}

const countBy = (list, of) => {
  const counts = new Map();
  for (const item of list) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1);
  return counts;
};

function openFilters() {
  const kinds = countBy(nodes, (node) => node.kind);
  const classes = countBy(edges, (edge) => edge.predicate.class);
  const families = countBy(edges, (edge) => edge.predicate.family);
  const rows = (all, set, counts, sign) =>
    all.filter(([name]) => counts.get(name)).map(([name, label, tone]) => toggleRow(set, name, label, sign(name, tone), counts.get(name)));
  const byCount = [...families].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

  const facts = el("input", { type: "checkbox", on: { change: () => change({ facts: facts.checked }) } });
  refreshers.push(() => (facts.checked = state.facts));
  const factsRow = el("label", { className: "row", title: "Hides what is only asked, planned, denied, alleged or possible" }, facts, toneSign("speech", true),
    el("span", { className: "name", textContent: "Only what is told as fact" }));
  const factsNote = el("p", { className: "note", textContent: "Dashed: asked, planned, denied, alleged, or only possible." });

  const clear = el("button", { id: "clear-filters", className: "quiet", textContent: "Clear all filters", on: { click: clearFilters } });
  refreshers.push(() => {
    clear.hidden = !isFiltered();
    byId("filters-on").hidden = !isFiltered();
  });

  byId("filter-groups").replaceChildren(
    groupOf("Who", ...rows(KINDS, "hiddenKinds", kinds, (kind) => kindSign(kind))),
    groupOf("What", ...rows(CLASSES, "hiddenClasses", classes, (_, tone) => toneSign(tone)), factsRow, factsNote),
    ...(hasDays ? [timeGroup()] : []),
    confidenceGroup(),
    el("details", { className: "group" }, el("summary", { textContent: `Families of verbs (${byCount.length})` }),
      ...byCount.map(([family, count]) => toggleRow("hiddenFamilies", family, words(family), "", count))),
    documentGroup(),
    // The last: nothing moves away under the pointer when it comes.
    clear,
  );
  const refresh = () => refreshers.forEach((one) => one());
  onChange(refresh);
  refresh();
}

function confidenceGroup() {
  const input = el("input", { type: "range", min: 0, max: 100, step: 5, id: "confidence", set: { "aria-label": "Least confidence, per cent" } });
  const said = el("output", { className: "range" });
  const send = onceAFrame(() => change({ confidence: Number(input.value) }));
  input.addEventListener("input", send);
  refreshers.push(() => {
    input.value = state.confidence;
    said.textContent = state.confidence ? `At least ${state.confidence}%` : "Any";
  });
  return groupOf("Confidence", said, input);
}

function documentGroup() {
  const pieces = countBy(edges.flatMap((edge) => edge.evidence ?? []), (piece) => piece.document);
  const order = documents.map((_, n) => n).sort((a, b) => (pieces.get(b) ?? 0) - (pieces.get(a) ?? 0) || a - b);
  const texts = documents.map((document) => plain(`${document.title ?? ""} ${document.source ?? ""} ${document.publisher ?? ""} ${document.date ?? ""}`));
  const box = el("input", { type: "text", id: "document-search", placeholder: "Title, source or date", set: { "aria-label": "Find a document" }, spellcheck: false });
  const rows = el("div", { className: "documents" });
  const show = () => {
    const wanted = plain(box.value.trim());
    const fits = order.filter((n) => state.documents.has(n)).concat(order.filter((n) => !state.documents.has(n) && texts[n].includes(wanted)));
    const kept = fits.slice(0, Math.max(30, state.documents.size));
    rows.replaceChildren(...kept.map((n) => {
      const check = el("input", { type: "checkbox", checked: state.documents.has(n), on: { change: () => flip("documents", n) } });
      const small = [documents[n].date && longDate(documents[n].date), documents[n].publisher].filter(Boolean).join(" · ");
      return el("label", { className: "row" }, check, el("span", { className: "name" }, bdi(documentName(documents[n])), small ? el("small", { textContent: small }) : ""),
        el("span", { className: "count", textContent: pieces.get(n) ?? 0 }));
    }));
    if (fits.length > kept.length) rows.append(el("p", { className: "note", textContent: `${plural(fits.length - kept.length, "more document")}; type to find one.` }));
    if (!fits.length) rows.append(el("p", { className: "note", textContent: "No document fits." }));
  };
  box.addEventListener("input", show);
  const group = el("details", { className: "group", open: documents.length < 6 }, el("summary", { textContent: `Documents (${documents.length.toLocaleString("en")})` }), documents.length > 8 ? box : "", rows);
  let shown = null;
  refreshers.push(() => {
    const now = list(state.documents);
    if (now !== shown) show();
    shown = now;
  });
  return group;
}
