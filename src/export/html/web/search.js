// The search box: suggestions while typing, by name and by other names; Enter shows what surrounds the first.

const searchable = nodes.map((node, n) => ({
  n,
  name: plain(node.label),
  others: (node.aliases ?? []).map(plain),
}));

/** The best matches: beginnings of names, of words, of other names; the weightiest first. */
function matches(text, most = 9) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const found = [];
  for (const { n, name, others } of searchable) {
    const rank = rankOf(wanted, name);
    const other = rank < 9 ? -1 : others.findIndex((alias) => rankOf(wanted, alias) < 9);
    if (rank < 9 || other >= 0) found.push({ n, rank: rank < 9 ? rank : 4, alias: other < 0 ? null : nodes[n].aliases[other] });
  }
  const weight = ({ n }) => edgesOf[n].length;
  found.sort((a, b) => a.rank - b.rank || weight(b) - weight(a) || a.n - b.n);
  return found.slice(0, most);
}

function rankOf(wanted, name) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(" " + wanted)) return 2;
  return wanted.length > 2 && name.includes(wanted) ? 3 : 9;
}

function openSearch() {
  const box = byId("search");
  const listbox = byId("suggestions");
  let shown = [];
  let at = -1;

  const close = () => {
    listbox.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const pick = (found) => {
    if (!found) return;
    box.value = "";
    close();
    focusOn(found.n);
    byId("canvas").focus({ preventScroll: true });
  };
  const move = (to) => {
    at = shown.length ? (to + shown.length) % shown.length : -1;
    [...listbox.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", `suggestion-${at}`);
      listbox.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const suggest = () => {
    shown = matches(box.value);
    const rows = shown.map((found, n) => {
      const node = nodes[found.n];
      const office = (node.roles ?? []).find((role) => !role.former)?.title;
      const note = found.alias ? `also ${cut(printable(found.alias), 40)}` : cut(office ?? "", 40);
      return el(
        "li",
        {
          id: `suggestion-${n}`,
          set: { role: "option", "aria-selected": "false" },
          on: { mousedown: (event) => event.preventDefault(), click: () => pick(found) },
        },
        kindSign(node.kind), bdi(node.name ?? ""), el("small", { textContent: note }),
        el("span", { className: "count", textContent: edgesOf[found.n].length, title: "ties" }),
      );
    });
    if (!rows.length && box.value.trim()) rows.push(el("li", { className: "none", textContent: "Nobody of that name is in this graph." }));
    listbox.replaceChildren(...rows);
    listbox.hidden = !rows.length;
    box.setAttribute("aria-expanded", String(rows.length > 0));
    move(0);
    if (box.value.trim()) say(shown.length ? `${plural(shown.length, "suggestion")}, the first: ${nodes[shown[0].n].label}` : "No suggestion");
  };
  box.addEventListener("input", suggest);
  box.addEventListener("focus", () => box.value.trim() && suggest());
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Enter") pick(shown[at] ?? shown[0]);
    else if (event.key === "Escape" && (box.value || !listbox.hidden)) {
      box.value = "";
      close();
      event.stopPropagation();
    } else if (event.key === "Escape") byId("canvas").focus({ preventScroll: true });
    else return;
    event.preventDefault();
  });
}
