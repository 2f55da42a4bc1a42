// What the reader has chosen, kept in the address so that a link or a reload shows the same.

const isPhone = () => matchMedia("(max-width: 760px)").matches;

const fresh = () => ({
  trail: [], // keys of the nodes that were focused, the present one last
  open: [], // keys of nodes whose neighbours are shown as well
  chosen: null, // what the details show: { node } or { pair: [key, key] }
  top: isPhone() ? 120 : 200, // so many nodes at first
  hiddenKinds: new Set(),
  hiddenClasses: new Set(),
  hiddenFamilies: new Set(),
  from: null,
  until: null,
  confidence: 0, // per cent
  documents: new Set(), // numbers; none for all
  facts: false,
});

let state = fresh();
const listeners = [];
const onChange = (listener) => listeners.push(listener);
/** Called after the picture shows the state. */
const shownListeners = [];
const onShown = (listener) => shownListeners.push(listener);

/** Changes the state and shows it; `step` makes an entry of the browser's history. */
function change(changes, { step = false } = {}) {
  Object.assign(state, changes);
  const address = "#" + encodeState(state);
  if (address !== location.hash && !(address === "#" && !location.hash)) {
    try {
      history[step ? "pushState" : "replaceState"](null, "", address);
    } catch {
      // A browser may forbid too many entries in a short time; the page works without.
    }
  }
  for (const listener of listeners) listener();
}

const list = (items) => [...items].map((item) => encodeURIComponent(item)).join(",");

function encodeState(state) {
  const parts = [];
  const put = (name, value) => value && parts.push(`${name}=${value}`);
  put("at", list(state.trail));
  put("open", list(state.open));
  if (state.chosen?.node) put("node", encodeURIComponent(state.chosen.node));
  if (state.chosen?.pair) put("pair", list(state.chosen.pair));
  if (state.top !== fresh().top) put("top", state.top);
  put("kinds", list(state.hiddenKinds));
  put("classes", list(state.hiddenClasses));
  put("families", list(state.hiddenFamilies));
  if (state.from !== null) put("from", dateOf(state.from));
  if (state.until !== null) put("until", dateOf(state.until));
  put("confidence", state.confidence);
  put("documents", list(state.documents));
  put("facts", state.facts ? 1 : 0);
  return parts.join("&");
}

/** Reads an address; what it does not know, or what is not in the graph, is left out. */
function decodeState(hash) {
  const found = fresh();
  const given = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) given.set(part.slice(0, at), part.slice(at + 1));
  }
  const decode = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  };
  const items = (name) => (given.get(name) ?? "").split(",").filter(Boolean).map(decode);
  const keys = (name) => items(name).filter((key) => numberOf.has(key));
  found.trail = keys("at");
  found.open = keys("open");
  const [node] = keys("node");
  const pair = keys("pair");
  if (pair.length === 2) found.chosen = { pair };
  else if (node !== undefined) found.chosen = { node };
  const top = Number(given.get("top"));
  if (Number.isInteger(top) && top > 0) found.top = Math.min(top, 5000);
  const known = (name, all) => new Set(items(name).filter((item) => all.includes(item)));
  found.hiddenKinds = known("kinds", KINDS.map(([kind]) => kind));
  found.hiddenClasses = known("classes", CLASSES.map(([name]) => name));
  found.hiddenFamilies = known("families", predicates.map((predicate) => predicate.family));
  found.from = given.has("from") ? dayOf(given.get("from")) : null;
  found.until = given.has("until") ? dayOf(given.get("until")) : null;
  // Days the wrong way round are still two days.
  if (found.from !== null && found.until !== null && found.from > found.until) [found.from, found.until] = [found.until, found.from];
  const confidence = Number(given.get("confidence"));
  if (confidence > 0 && confidence <= 100) found.confidence = Math.round(confidence);
  found.documents = new Set(items("documents").map(Number).filter((n) => documents[n]));
  found.facts = given.get("facts") === "1";
  return found;
}

addEventListener("popstate", () => {
  state = decodeState(location.hash);
  for (const listener of listeners) listener();
});

const isFiltered = () =>
  state.hiddenKinds.size + state.hiddenClasses.size + state.hiddenFamilies.size + state.documents.size > 0 ||
  state.from !== null || state.until !== null || state.confidence > 0 || state.facts;

function clearFilters() {
  const { hiddenKinds, hiddenClasses, hiddenFamilies, from, until, confidence, documents, facts } = fresh();
  change({ hiddenKinds, hiddenClasses, hiddenFamilies, from, until, confidence, documents, facts });
}

// What a reader does, in one place.
const focusKey = () => state.trail.at(-1) ?? null;
const choose = (chosen) => change({ chosen }, { step: true });
const chooseNode = (n) => choose({ node: nodes[n].key });
const choosePair = (a, b) => choose({ pair: [nodes[a].key, nodes[b].key] });

function focusOn(n) {
  const key = nodes[n].key;
  const at = state.trail.indexOf(key);
  const trail = at < 0 ? [...state.trail, key].slice(-8) : state.trail.slice(0, at + 1);
  change({ trail, open: [], chosen: { node: key } }, { step: true });
}

function expand(n) {
  const key = nodes[n].key;
  if (state.open.includes(key)) change({ open: state.open.filter((other) => other !== key) }, { step: true });
  else change({ open: [...state.open, key], chosen: { node: key } }, { step: true });
}
