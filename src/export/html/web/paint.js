// Shapes and colours: on the canvas, and the same in the legend. Never colour alone: every kind has its shape,
// every tone its arrowhead.

/** Shapes as paths of 20 by 20, with the radius of each in them. */
const SHAPES = {
  person: { path: "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z", radius: 7 },
  country: { path: "M2 10L6 3h8l4 7-4 7H6z", radius: 7.5 },
  organization: { path: "M5 4h10q1 0 1 1v10q0 1-1 1H5q-1 0-1-1V5q0-1 1-1z", radius: 6.5 },
  group: { path: "M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13z", radius: 7 },
  place: { path: "M10 2.5l8 14H2z", radius: 7.5 },
  other: { path: "M10 2l8 8-8 8-8-8z", radius: 7 },
};

const TONES = ["speech", "cooperation", "conflict", "state"];
const FONT = "system-ui, Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif";

/** The colours of the present theme, read from the style sheet once. */
let palette = null;
function colours() {
  if (palette) return palette;
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  const kinds = Object.fromEntries(KINDS.map(([kind]) => [kind, read(`kind-${kind}`)]));
  const tones = Object.fromEntries(TONES.map((tone) => [tone, read(`tone-${tone}`)]));
  palette = { kinds, tones, paper: read("paper"), ink: read("ink"), soft: read("ink-soft"), accent: read("accent") };
  return palette;
}

function kindSign(kind) {
  const path = svg("path", { d: SHAPES[kind].path, class: `kind-${kind}` });
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
