// Shapes, colours and strokes: on the canvas, and the same in the legend. Never colour alone: every kind
// has its shape, every tone its stroke and arrowhead.

/** Shapes of cytoscape.js, and as a path of 20 by 20 for the legend. */
const SHAPES = {
  person: ["ellipse", "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z"],
  country: ["hexagon", "M2 10L6 3h8l4 7-4 7H6z"],
  organization: ["round-rectangle", "M4 4h12v12H4z"],
  group: ["ellipse", "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z"],
  place: ["triangle", "M10 3l8 14H2z"],
  other: ["diamond", "M10 2l8 8-8 8-8-8z"],
};

/** Arrowheads: full, hollow, barred, round. */
const HEADS = {
  speech: ["vee", "filled"],
  cooperation: ["triangle", "filled"],
  conflict: ["triangle-tee", "filled"],
  state: ["circle", "hollow"],
};

/** The colours of the present theme, read from the style sheet. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const kinds = Object.fromEntries(KINDS.map(([kind]) => [kind, read(`kind-${kind}`)]));
  const tones = Object.fromEntries(Object.keys(HEADS).map((tone) => [tone, read(`tone-${tone}`)]));
  return { kinds, tones, paper: read("paper"), ink: read("ink"), soft: read("ink-soft"), accent: read("accent") };
}

function kindSign(kind) {
  const path = svg("path", { d: SHAPES[kind][1], class: `kind-${kind}` });
  return svg("svg", { viewBox: "0 0 20 20", class: "sign-kind", "aria-hidden": "true" }, path);
}

function toneSign(tone, isDashed = false) {
  const head = {
    speech: svg("path", { d: "M25 2l9 5-9 5 3-5z", class: "head" }),
    cooperation: svg("path", { d: "M25 2l9 5-9 5z", class: "head" }),
    conflict: svg("path", { d: "M23 2l8 5-8 5zM32.5 1.5h2v11h-2z", class: "head" }),
    state: svg("circle", { cx: 30, cy: 7, r: 3.5, class: "ring" }),
  }[tone];
  const line = svg("path", { d: tone === "state" ? "M1 7h25" : "M1 7h24", class: isDashed ? "line dashed" : "line" });
  return svg("svg", { viewBox: "0 0 36 14", class: `sign-tone tone-${tone}`, "aria-hidden": "true" }, line, head);
}

/** Where a name stands beside its mark, as cytoscape.js says it: across, down, and how far off. */
const SIDES = { below: ["center", "bottom", 0, 3], above: ["center", "top", 0, -3], right: ["right", "center", 4, 0], left: ["left", "center", -4, 0] };
const side = (n, part) => SIDES[n.scratch("side") ?? "below"][part];

/** How clearly a line is drawn: among many, those that one sentence tells step back. */
function strength(line) {
  const full = line.data("tone") === "state" ? 0.6 : 0.85;
  const lines = picture.bundles.size;
  if (lines < 200) return full;
  const faint = Math.max(0.1, full * (150 / lines));
  return Math.min(full, faint + 0.14 * Math.log(line.data("weight")));
}

/** The style sheet of the canvas; everything in it grows as the view goes away, so that it can be seen. */
function canvasStyle() {
  const c = colours();
  const node = (kind) => ({
    selector: `node[kind="${kind}"]`,
    style: {
      shape: SHAPES[kind][0],
      "background-color": kind === "group" ? c.paper : c.kinds[kind],
      "border-color": kind === "group" ? c.kinds[kind] : c.paper,
      // A ring that is hair-thin or dashed cannot be seen from afar: groups would be holes in the lines.
      "border-style": () => (kind === "group" && !isDense() ? "dashed" : "solid"),
      "border-width": () => (kind === "group" ? Math.max(2.4 * markScale(), isDense() ? 1.7 * lineScale() : 0) : 1.5 * markScale()),
    },
  });
  const edge = (tone) => ({
    selector: `edge[tone="${tone}"]`,
    style: {
      "line-color": c.tones[tone],
      "target-arrow-color": c.tones[tone],
      "source-arrow-color": c.tones[tone],
      "target-arrow-shape": HEADS[tone][0],
      "target-arrow-fill": HEADS[tone][1],
      // The grey of a line is too faint for letters.
      color: tone === "state" ? c.soft : c.tones[tone],
    },
  });
  const font = "system-ui, Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif";
  return [
    {
      selector: "node",
      style: {
        width: (n) => 2 * n.data("mark") * markScale(),
        height: (n) => 2 * n.data("mark") * markScale() * (n.data("kind") === "country" ? 0.9 : 1),
        label: (n) => n.scratch("label") ?? "",
        "font-size": () => 12.5 * scale(),
        "font-family": font,
        "font-weight": (n) => (n.data("strong") ? 600 : 400),
        color: c.ink,
        "text-halign": (n) => side(n, 0),
        "text-valign": (n) => side(n, 1),
        "text-margin-x": (n) => side(n, 2) * scale() + (n.scratch("shift") ?? 0),
        "text-margin-y": (n) => side(n, 3) * scale(),
        "text-outline-color": c.paper,
        "text-outline-width": () => 2.5 * scale(),
        "text-outline-opacity": 0.9,
        "border-width": () => 1.5 * markScale(),
        "overlay-opacity": 0,
        "z-index": (n) => 10 + n.data("mark"),
      },
    },
    ...KINDS.map(([kind]) => node(kind)),
    {
      selector: "edge",
      style: {
        width: (e) => Math.min(5, 1.1 + 0.7 * Math.log(e.data("weight"))) * lineScale(),
        "curve-style": "bezier",
        "control-point-step-size": () => 34 * lineScale(),
        "arrow-scale": () => 0.9 * markScale(),
        "line-style": (e) => (e.data("isFact") ? "solid" : "dashed"),
        "line-opacity": strength,
        label: (e) => e.scratch("label") ?? "",
        "text-wrap": "wrap",
        "font-size": () => 10.5 * scale(),
        "font-family": font,
        "text-background-color": c.paper,
        "text-background-opacity": 0.92,
        "text-background-padding": () => 1.5 * lineScale(),
        "overlay-opacity": 0,
        "target-distance-from-node": () => 2 * markScale(),
        "source-distance-from-node": () => 2 * markScale(),
      },
    },
    ...Object.keys(HEADS).map(edge),
    ...Object.keys(HEADS).map((tone) => ({
      selector: `edge[tone="${tone}"][?symmetric]`,
      style: { "source-arrow-shape": HEADS[tone][0], "source-arrow-fill": HEADS[tone][1] },
    })),
    { selector: ".dim", style: { opacity: () => (picture.shown.size > 40 ? 0.16 : 0.35) } },
    { selector: "edge.aside", style: { "line-opacity": 0.28, width: () => 1 * lineScale() } },
    { selector: "edge.near", style: { "line-opacity": 1 } },
    {
      selector: "node.chosen, node.focus",
      style: { "border-color": c.accent, "border-width": () => 3.5 * markScale(), "border-style": "solid" },
    },
    {
      selector: "edge.chosen",
      style: { "line-opacity": 1, width: () => 4.5 * lineScale(), "z-index": 9, "underlay-color": c.accent, "underlay-opacity": 0.25, "underlay-padding": () => 5 * lineScale() },
    },
    { selector: "node.at", style: { "underlay-color": c.accent, "underlay-opacity": 0.28, "underlay-padding": () => 7 * markScale() } },
  ];
}
