// Marker picker: tick a sign, then rate it 1 to 5. One family is open, the others wait behind a button.

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

const RATINGS = [1, 2, 3, 4, 5];
function render({ model, el }) {
  const id = `rb-markers-${Math.random().toString(36).slice(2)}`; // each widget loads this module anew: no shared counter
  const get = (name) => model.get(name);
  const word = (name) => get("words")[name];
  const disabled = () => get("disabled");

  const root = make("div", "rb-w rb-marker-picker");
  // In JupyterLab a "d" pressed twice deletes the cell, unless the focused element itself says no.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  el.append(root);

  let rows = []; // [{code, family, node, draw}]
  let sections = []; // [{family, title, rows, node, heading, more}]
  const opened = new Set(); // families the person has unfolded

  const edit = (value) => {
    if (disabled()) return;
    model.set("value", value);
    root.dispatchEvent(
      new CustomEvent("rb-edit", { bubbles: true, composed: true, detail: { key: get("key"), value } }),
    );
    model.save_changes();
  };
  const known = () => Object.fromEntries(
    Object.entries(get("value")).filter(([code]) => rows.some((row) => row.code === code)),
  );
  const rate = (code, rating) => edit({ ...known(), [code]: rating });
  const tick = (code, on) => {
    const { [code]: _, ...others } = known();
    edit(on ? { ...others, [code]: 0 } : others);
  };

  const makeScale = (entry) => {
    const box = make("div", "rb-marker-rate");
    const scale = make("div", "rb-marker-scale");
    const ends = make("div", "rb-marker-ends");
    const clear = make("button", "rb-marker-clear", word("clear"));
    scale.setAttribute("role", "radiogroup");
    scale.setAttribute("aria-label", `${entry.label}: ${word("scale")}`);
    clear.type = "button";
    clear.setAttribute("aria-label", `${word("clear")}: ${entry.label}`);
    const sides = [make("span", "", word("low")), make("span", "", word("high"))];
    sides.forEach((side) => side.setAttribute("aria-hidden", "true")); // both are said with 1 and 5
    ends.append(sides[0], clear, sides[1]);
    const buttons = RATINGS.map((number) => {
      const button = make("button", "", String(number));
      const end = { 1: word("low"), 5: word("high") }[number];
      button.type = "button";
      button.setAttribute("role", "radio");
      if (end) button.setAttribute("aria-label", `${number}, ${end}`);
      button.addEventListener("click", () => rate(entry.code, get("value")[entry.code] === number ? 0 : number));
      return button;
    });
    scale.append(...buttons);
    box.append(scale, ends);

    const draw = () => {
      const rating = get("value")[entry.code];
      const held = buttons.indexOf(document.activeElement);
      box.hidden = rating === undefined;
      buttons.forEach((button, n) => {
        button.setAttribute("aria-checked", String(rating === n + 1));
        button.setAttribute("aria-disabled", String(disabled()));
        button.tabIndex = n === (held >= 0 ? held : Math.max(0, (rating ?? 0) - 1)) ? 0 : -1;
      });
      clear.style.visibility = rating && !disabled() ? "visible" : "hidden"; // keeps its place: nothing jumps
    };
    scale.addEventListener("focusin", draw);
    scale.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const at = buttons.indexOf(event.target);
      if (at < 0 || !step) return;
      event.preventDefault();
      event.stopPropagation();
      buttons[Math.min(buttons.length - 1, Math.max(0, at + step))].focus();
    });
    clear.addEventListener("click", () => {
      rate(entry.code, 0);
      buttons[0].focus();
    });
    return { box, draw };
  };

  const makeRow = (entry, n) => {
    const node = make("div", "rb-marker");
    const label = make("label", "rb-marker-tick");
    const box = make("input");
    const line = make("div", "rb-marker-line", entry.line);
    const scale = makeScale(entry);
    box.type = "checkbox";
    line.id = `${id}-line-${n}`;
    if (entry.line) box.setAttribute("aria-describedby", line.id);
    else line.hidden = true;
    label.append(box, make("span", "", entry.label));
    node.append(label, line, scale.box);
    box.addEventListener("click", (event) => { if (disabled()) event.preventDefault(); });
    box.addEventListener("change", () => tick(entry.code, box.checked));
    const draw = () => {
      box.checked = entry.code in get("value");
      box.setAttribute("aria-disabled", String(disabled()));
      scale.draw();
    };
    return { code: entry.code, family: entry.family, node, draw };
  };

  const makeSection = (family, title) => {
    const node = make("div");
    const heading = make("h3", "", title);
    const more = make("button", "rb-marker-more");
    const list = make("div", "rb-marker-rows");
    const own = rows.filter((row) => row.family === family);
    more.type = "button";
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", title || get("label"));
    list.append(...own.map((row) => row.node));
    more.addEventListener("click", () => {
      if (!opened.delete(family)) opened.add(family);
      draw();
    });
    node.append(heading, more, list);
    return { family, title, rows: own, node, heading, more, list };
  };

  const build = () => {
    const families = get("families");
    const order = Object.keys(families);
    rows = get("entries").map(makeRow);
    const loose = [...new Set(rows.map((row) => row.family))].filter((family) => !order.includes(family));
    sections = [...loose, ...order]
      .map((family) => makeSection(family, families[family] ?? ""))
      .filter((section) => section.rows.length);
    sections.sort((a, b) => (b.family === get("first")) - (a.family === get("first")));
    const head = [];
    if (get("heading")) head.push(make("h2", "", get("label")));
    if (get("hint")) head.push(make("p", "", get("hint")));
    if (get("note")) head.push(make("p", "rb-marker-note", get("note")));
    root.replaceChildren(...head, ...sections.map((section) => section.node));
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", get("label"));
    draw();
  };

  const draw = () => {
    rows.forEach((row) => row.draw());
    sections.forEach(({ family, title, rows: own, heading, more, list }) => {
      const fixed = family === get("first") || !title;
      const open = fixed || opened.has(family);
      const hidden = own.filter((row) => !(row.code in get("value"))).length;
      heading.hidden = !fixed || !title;
      more.hidden = fixed || (!open && !hidden);
      more.setAttribute("aria-expanded", String(open));
      more.textContent = word(open ? "hide" : get("first") ? "other" : "show")
        .replace("{count}", () => String(hidden)).replace("{family}", () => title);
      own.forEach((row) => { row.node.hidden = !open && !(row.code in get("value")); });
      list.hidden = own.every((row) => row.node.hidden);
    });
  };

  const rebuilds = "change:entries change:families change:first change:note change:label change:hint change:heading "
    + "change:words";
  const draws = "change:value change:disabled";
  model.on(rebuilds, build);
  model.on(draws, draw);
  build();
  return () => {
    model.off(rebuilds, build);
    model.off(draws, draw);
    root.remove();
  };
}

export default { render };
