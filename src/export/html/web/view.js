// The view: which part of the picture is on the screen, how large things are there, and how it moves.
//
// In: marks with places in a plane of their own. Out: their places and sizes on the screen, in pixels.

/** A point of the plane stands at x * zoom + view.x on the screen. */
const view = { zoom: 1, x: 0, y: 0, width: 0, height: 0 };
const NEAREST = 4;
const FARTHEST = 0.04;

const onScreen = ({ x, y }) => ({ x: x * view.zoom + view.x, y: y * view.zoom + view.y });

/** More lines than this are dense: none has its name, and those between the same two are one. */
const LINES = 260;
const isDense = () => picture.isDense;

/** Marks and letters are drawn larger where the view is far away, so that they can be seen; marks less than
    letters, so that they stay apart. */
const scale = () => Math.max(0.55, 0.95 / view.zoom);
const letterSize = () => view.zoom * scale();
const markSize = () => view.zoom * Math.min(!isDense() ? 2.4 : focusKey() === null ? 1.4 : 1, scale() ** 0.75);
const radiusOf = (mark) => Math.max(3.5, mark.half * markSize());

/** A view may glide to what is small, where the reader has not asked for calm. */
const isSmall = () => picture.shown.size < 150 && !matchMedia("(prefers-reduced-motion: reduce)").matches;

/** On a phone the card covers the lower half. */
const heightSeen = () => view.height * (isPhone() && state.chosen ? 0.47 : 1);

/** The view in which these marks are seen; null for none. */
function viewOf(marks) {
  if (!marks.length) return null;
  const ends = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, half } of marks) {
    ends[0] = Math.min(ends[0], x - half);
    ends[1] = Math.min(ends[1], y - half);
    ends[2] = Math.max(ends[2], x + half);
    ends[3] = Math.max(ends[3], y + half);
  }
  const [left, above, right, below] = ends;
  const padding = isPhone() ? 28 : 48;
  const top = state.trail.length ? 40 : 0;
  // The status line and the zoom buttons lie on the lower edge.
  const room = heightSeen() - top - 2 * padding - (!isDense() || heightSeen() < view.height ? 0 : isPhone() ? 70 : 26);
  const zoom = Math.max(FARTHEST, Math.min(1.15, (view.width - 2 * padding) / (right - left), room / (below - above)));
  return { zoom, x: view.width / 2 - (zoom * (left + right)) / 2, y: top + padding + room / 2 - (zoom * (above + below)) / 2 };
}

/** What glides at present; a new movement ends the old. */
let gliding = 0;

/** Sets the view at once. */
function look(next) {
  if (!next) return;
  gliding += 1;
  Object.assign(view, next);
  hideTip();
  askPaint();
}

/** Moves to another view, or is there at once where the reader has asked for calm. */
function glide(next, milliseconds) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    look(next);
    nameAll();
    return;
  }
  const from = { ...view };
  const to = { ...view, ...next };
  const mine = (gliding += 1);
  let begin = null;
  const step = (now) => {
    if (mine !== gliding) return;
    begin ??= now;
    const part = Math.min(1, (now - begin) / milliseconds);
    const eased = 1 - (1 - part) ** 3;
    for (const name of ["zoom", "x", "y"]) view[name] = from[name] + (to[name] - from[name]) * eased;
    hideTip();
    paintNow();
    if (part < 1) requestAnimationFrame(step);
    else nameAll();
  };
  requestAnimationFrame(step);
}

/** Shows everything that is on the picture. */
function fit(animate = true) {
  const next = viewOf([...picture.marks.values()]);
  if (!next) {
    // Nothing is left, and that is to be seen, too.
    nameAll();
    return;
  }
  if (animate && isSmall()) {
    // The names are those of the view to come.
    const present = { ...view };
    Object.assign(view, next);
    nameAll();
    Object.assign(view, present);
    glide(next, 260);
  } else {
    look(next);
    nameAll();
  }
}

/** Moves the view to a mark where it cannot be seen. */
function reveal(mark) {
  if (!mark) return;
  const { x, y } = onScreen(mark);
  const edge = 60;
  const height = heightSeen();
  if (x > edge && y > edge && x < view.width - edge && y < height - edge) return;
  glide({ x: view.x + view.width / 2 - x, y: view.y + height / 2 - y }, 220);
}

/** Nearer or farther, around a point of the screen that stays where it is. */
function zoomBy(factor, at = { x: view.width / 2, y: view.height / 2 }) {
  const zoom = Math.min(NEAREST, Math.max(FARTHEST, view.zoom * factor));
  const by = zoom / view.zoom;
  look({ zoom, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by });
  afterMoving();
}

function moveBy(dx, dy) {
  look({ x: view.x + dx, y: view.y + dy });
  afterMoving();
}

/** After the view has moved, other names fit. */
const afterMoving = afterRest(() => nameAll(), 90);
