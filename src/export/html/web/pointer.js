// The mouse and fingers on the picture: pointing, choosing, moving, zooming.
//
// In: what the browser tells of pointers and wheels. Out: another view, or another state.

/** The mark or line at a point of the screen; fingers are wider than an arrow. */
function thingAt(x, y, isTouch) {
  let [found, least] = [null, Infinity];
  for (const mark of picture.marks.values()) {
    const at = onScreen(mark);
    const far = Math.hypot(at.x - x, at.y - y) - radiusOf(mark);
    if (far < (isTouch ? 14 : 4) && far < least) [found, least] = [{ mark }, far];
  }
  if (found) return found;
  for (const line of picture.lines) {
    const curve = curveOf(line);
    const far = isSeen(curve) ? distanceTo(curve, x, y) : Infinity;
    // A line that has stepped back yields to one that stands out.
    const rank = far + (line.isDim || line.isAside ? 2 : 0);
    if (far < (isTouch ? 12 : 5) && rank < least) [found, least] = [{ line }, rank];
  }
  return found;
}

function openPointer() {
  const canvas = byId("canvas");
  const fingers = new Map();
  let pressed = null;
  let tapped = { mark: null, time: 0 };
  const placeOf = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.x, y: event.clientY - box.y };
  };
  const hover = { at: null };
  const point = onceAFrame(() => hover.at && pointAt(thingAt(hover.at.x, hover.at.y, false), hover.at));

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button > 0 || event.ctrlKey) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, placeOf(event));
    pressed = fingers.size === 1 ? { ...placeOf(event), isTap: true } : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = placeOf(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      hover.at = event.pointerType === "mouse" ? at : null;
      point();
      return;
    }
    // A hand is never quite still.
    if (pressed?.isTap && Math.hypot(at.x - pressed.x, at.y - pressed.y) < (event.pointerType === "mouse" ? 4 : 9)) return;
    if (pressed?.isTap) {
      pressed.isTap = false;
      fingers.set(event.pointerId, at);
      return;
    }
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, at);
    if (!other) moveBy(at.x - before.x, at.y - before.y);
    else {
      const far = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
      moveBy((at.x - before.x) / 2, (at.y - before.y) / 2);
      zoomBy(far(at) / far(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
    }
  });
  canvas.addEventListener("pointerup", (event) => {
    const at = placeOf(event);
    if (pressed?.isTap && fingers.has(event.pointerId)) tap(thingAt(at.x, at.y, event.pointerType !== "mouse"), event.timeStamp);
    fingers.delete(event.pointerId);
    pressed = null;
  });
  // Also where the release is told to somebody else.
  for (const end of ["pointercancel", "lostpointercapture"]) {
    canvas.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      pressed = null;
    });
  }
  canvas.addEventListener("pointerleave", () => {
    hover.at = null;
    pointAt(null);
  });
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const by = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    zoomBy(Math.exp(-Math.max(-120, Math.min(120, by)) * (event.ctrlKey ? 0.01 : 0.002)), placeOf(event));
  }, { passive: false });

  const tap = (thing, time) => {
    const isSecond = thing?.mark && tapped.mark === thing.mark.n && time - tapped.time < 400;
    tapped = { mark: thing?.mark?.n ?? null, time };
    if (isSecond) focusOn(thing.mark.n);
    else if (thing?.mark) chooseNode(thing.mark.n);
    else if (thing?.line) choosePair(thing.line.from.n, thing.line.to.n);
    else if (state.chosen) choose(null);
  };
}

/** What the pointer is on stands out, and says what it is. */
function pointAt(thing, at) {
  const mark = thing?.mark?.n ?? null;
  if (mark !== picture.pointed) {
    picture.pointed = mark;
    askPaint();
  }
  if (thing) showTip(thing, at);
  else hideTip();
}

function showTip({ mark, line }, at) {
  const tip = byId("tip");
  tip.replaceChildren(...(mark
    ? [bdi(cut(nodes[mark.n].label, 80)), ` · ${plural(picture.sifted.weight[mark.n], "piece")} of evidence`]
    : lineWords(line)));
  tip.hidden = false;
  tip.style.left = `${Math.max(8, Math.min(at.x + 14, view.width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, at.y - tip.offsetHeight - 12)}px`;
  byId("canvas").classList.add("pointing");
}

/** "Antony Blinken → China: urges ×2", from left to right whatever the names' letters; of a line that is several, what most is told of. */
function lineWords({ bundle }) {
  const name = (n) => bdi(cut(nodes[n].label, 80));
  const ends = (from, to, symmetric) => [name(from), symmetric ? " ↔ " : " → ", name(to)];
  if (!bundle.parts) return [...ends(bundle.from, bundle.to, bundle.symmetric), `: ${bundle.label.replaceAll("\n", ", ")}`];
  const [first] = bundle.edges;
  const more = bundle.edges.length > 1 ? `, +${bundle.edges.length - 1} more between the two` : "";
  return [...ends(first.from, first.to, first.predicate.symmetric), `: ${edgeWords(first)}${more}`];
}

function hideTip() {
  const tip = byId("tip");
  if (tip.hidden) return;
  tip.hidden = true;
  byId("canvas").classList.remove("pointing");
}
