// Where the reader is: the way from the overview to the present focus, each step a button; and the status line.

function showTrail() {
  const step = (label, isLast, go) => el("li", {}, isLast
    ? el("span", { set: { "aria-current": "page" } }, label)
    : el("button", { className: "link", on: { click: go } }, label));
  const at = state.trail.length;
  const all = el("span", { textContent: "Overview" });
  byId("trail").hidden = at === 0;
  byId("trail").replaceChildren(el("ol", {},
    step(all, at === 0, () => change({ trail: [], open: [], chosen: null }, { step: true })),
    ...state.trail.map((key, n) => step(bdi(cut(nodes[numberOf.get(key)].label, 28)), n === at - 1, () =>
      change({ trail: state.trail.slice(0, n + 1), open: [], chosen: { node: key } }, { step: true })))));
}

function showStatus() {
  const { shown, bundles, sifted, more } = picture;
  const all = sifted.weight.reduce((sum, weight) => sum + (weight > 0), 0);
  const ties = [...bundles.values()].reduce((sum, bundle) => sum + bundle.edges.length, 0);
  const allTies = edges.reduce((sum, edge) => sum + (sifted.kept[edge.number] > 0 && edge.from !== undefined && edge.to !== undefined), 0);
  const of = (part, whole) => (part < whole ? `${part.toLocaleString("en")} of ${whole.toLocaleString("en")}` : part.toLocaleString("en"));
  byId("status").textContent = `${of(Math.min(shown.size, Math.max(all, shown.size)), all)} names, ${of(ties, allTies)} ties`;
  const button = byId("more");
  button.hidden = more === 0;
  button.textContent = `Show ${Math.min(200, more).toLocaleString("en")} more`;
  byId("nothing").hidden = shown.size > 0;
  byId("nothing").querySelector("p").textContent = isFiltered() ? "Nothing passes these filters." : "This graph has no ties to draw. Search for a name to see what is known of it.";
  byId("reset-all").hidden = !isFiltered();
}

/** Said to those who do not see the picture. */
function say(text) {
  const voice = byId("voice") ?? document.body.appendChild(el("p", { id: "voice", className: "unseen", set: { role: "status", "aria-live": "polite" } }));
  voice.textContent = text;
}
