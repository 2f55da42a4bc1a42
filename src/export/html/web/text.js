// Text and elements: everything that reaches the page as text is set as text, never as HTML.

/** An element with properties, attributes (through `set`) and children; strings become text. */
function el(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  const { set = {}, on = {}, ...properties } = options;
  Object.assign(node, properties);
  for (const [name, value] of Object.entries(set)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) node.addEventListener(name, listener);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const byId = (id) => document.getElementById(id);

/** An element of SVG. */
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A name on one line, without what cannot be seen or turns the writing of what follows. */
function printable(text) {
  return String(text)
    .replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ")
    .trim() || "(no name)";
}

function cut(text, length) {
  const letters = Array.from(text);
  return letters.length > length ? letters.slice(0, length - 1).join("").trimEnd() + "…" : text;
}

/** A name in its own direction of writing. */
const bdi = (text, className = "") => el("bdi", { className, textContent: printable(text) });

const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

const words = (predicate) => predicate.replaceAll("_", " ");

/** Days are counted from 1970, so that a slider can move along them. */
const DAY = 86_400_000;
const dayOf = (date) => {
  const time = Date.parse(date + "T00:00:00Z");
  return Number.isFinite(time) ? Math.round(time / DAY) : null;
};
const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
function longDate(date) {
  const parts = /^(-?\d+)-(\d\d)-(\d\d)$/.exec(date);
  return parts ? `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1]} ${parts[1]}` : date;
}
const longPeriod = (time) => [...new Set(time)].map(longDate).join(" – ");

/** Text for searching: without case and accents. */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Runs at most once a frame, however often it is called. */
function onceAFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

/** Runs when it has not been called for a while. */
function afterRest(work, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}
