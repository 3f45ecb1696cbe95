// Session timeline: marks of different shapes on a drawn line, and the list they come from.

const SVG = "http://www.w3.org/2000/svg";
const MOST_ROWS = 40;
// A broken diamond, a plain triangle, a circle with a tick: told apart without colour.
const SHAPES = [
  ["M12 1L23 12L12 23L1 12Z", "M13 5L10 11L14 13L11 19"],
  ["M12 2L23 21H1Z"],
  ["M12 1.5A10.5 10.5 0 1 1 12 22.5A10.5 10.5 0 1 1 12 1.5Z", "M7 12.5L10.5 16L17 8.5"],
];

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

const makeShape = (place) => {
  const n = Math.max(0, place) % SHAPES.length;
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `rb-timeline-shape rb-${n + 1}`);
  svg.setAttribute("aria-hidden", "true");
  SHAPES[n].forEach((outline, part) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", outline);
    if (part) path.setAttribute("class", "rb-in");
    svg.append(path);
  });
  return svg;
};

// "7:05" and "12.30" are meant as times; a bare "12" is, once the person has left the box.
const readTime = (text, left) => {
  const match = /^(\d{1,3})(?:[:.](\d{2}))?$/.exec(text.trim());
  if (!match || (match[2] === undefined && !left) || Number(match[2] ?? 0) > 59) return null;
  return `${match[1].padStart(2, "0")}:${match[2] ?? "00"}`;
};
const seconds = (at) => {
  const [minutes, rest] = at.split(":").map(Number);
  return minutes * 60 + rest;
};
const rank = (row) => (row.data.at ? seconds(row.data.at) : Infinity);
const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);

function render({ model, el }) {
  const id = `rb-timeline-${Math.random().toString(36).slice(2)}`; // each widget loads this module anew: no shared counter
  const get = (name) => model.get(name);
  const word = (name, parts = {}) => fill(get("words")[name], parts);
  const disabled = () => get("disabled");
  const place = (code) => get("events").findIndex((event) => event.code === code);
  const eventLabel = (code) => get("events")[place(code)]?.label ?? code;

  const root = make("div", "rb-w rb-session-timeline");
  // In JupyterLab a "d" pressed twice deletes the cell, unless the focused element itself says no.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  root.setAttribute("role", "group");
  const head = make("div");
  const picture = make("div", "rb-timeline-picture");
  const list = make("ol", "rb-timeline-rows");
  const add = make("div", "rb-timeline-add");
  const say = make("div", "rb-timeline-say");
  picture.setAttribute("role", "img");
  say.setAttribute("role", "status");
  root.append(head, picture, list, say, add);
  el.append(root);

  let rows = []; // [{data, node, parts…}] in the order shown
  let made = 0;
  let pressed = false; // a pointer is down: nothing may move under it

  const edit = () => {
    const value = rows.map((row) => ({ ...row.data }));
    model.set("value", value);
    root.dispatchEvent(
      new CustomEvent("rb-edit", { bubbles: true, composed: true, detail: { key: get("key"), value } }),
    );
    model.save_changes();
    drawPicture();
  };
  const change = (row, part, text) => {
    if (disabled() || row.data[part] === text) return;
    row.data[part] = text;
    edit();
  };

  // The picture ------------------------------------------------------------------------------
  const drawPicture = () => {
    const dated = rows.map((row) => row.data).filter((data) => data.at).sort((a, b) => seconds(a.at) - seconds(b.at));
    const length = Math.max(get("length"), ...dated.map((data) => Math.ceil(seconds(data.at) / 60)));
    const ends = [make("span", "rb-timeline-end", "0"), make("span", "rb-timeline-end", word("minutes", { length }))];
    const tops = []; // the last place taken on each level, so that close marks stand above each other
    const marks = dated.map((data) => {
      const mark = make("span", "rb-timeline-mark");
      const at = (seconds(data.at) / (length * 60)) * 100;
      const free = [0, 1, 2].find((level) => tops[level] === undefined || at - tops[level] > 9) ?? 0;
      tops[free] = at;
      mark.style.left = `${at}%`;
      mark.style.setProperty("--level", String(free));
      mark.append(makeShape(place(data.event)));
      return mark;
    });
    const said = dated.map((data) => word("mark", { event: eventLabel(data.event), at: data.at })).join("; ");
    picture.setAttribute("aria-label", word("picture", { length, marks: said || word("empty") }));
    list.hidden = !rows.length;
    picture.style.setProperty("--levels", String(Math.max(1, tops.length)));
    picture.replaceChildren(make("div", "rb-timeline-track"), ...ends, ...marks);
  };

  // One row ----------------------------------------------------------------------------------
  const field = (labelText, control) => {
    const label = make("label", "", labelText);
    label.append(control);
    return label;
  };
  const makeMoves = () => {
    const select = make("select");
    for (const { code, label } of [{ code: "", label: word("no_move") }, ...get("moves")]) {
      const option = make("option", "", label);
      option.value = code;
      select.append(option);
    }
    return select;
  };
  const makeRow = (data) => {
    const node = make("li", "rb-timeline-row");
    const top = make("div", "rb-timeline-top");
    const remove = make("button", "rb-timeline-quiet", word("remove"));
    const fields = make("div", "rb-timeline-fields");
    const [at, move, line] = [make("input"), makeMoves(), make("input")];
    const fault = make("div", "rb-timeline-fault");
    const row = { data: { ...data }, node, at, move, line, remove, fault };
    fault.id = `${id}-fault-${(made += 1)}`;
    at.placeholder = word("at_help");
    at.maxLength = 20;
    line.maxLength = 2000;
    at.type = line.type = "text";
    at.autocomplete = line.autocomplete = "off";
    remove.type = "button";
    remove.setAttribute("aria-label", `${word("remove")}: ${eventLabel(data.event)} ${data.at}`);
    [at.value, move.value, line.value] = [data.at, data.move, data.line];
    top.append(makeShape(place(data.event)), make("span", "", eventLabel(data.event)), remove);
    fields.append(field(word("at"), at), field(word("move"), move), field(word("line"), line));
    node.append(top, fields, fault);
    node.setAttribute("role", "listitem");
    at.addEventListener("input", () => typeTime(row));
    move.addEventListener("change", () => change(row, "move", move.value));
    line.addEventListener("input", () => change(row, "line", line.value));
    remove.addEventListener("click", () => take(row));
    at.addEventListener("blur", () => whenReleased(() => leaveTime(row)));
    node.addEventListener("focusout", (event) => {
      if (!node.contains(event.relatedTarget)) whenReleased(sort);
    });
    lock(row);
    return row;
  };
  const lock = (row) => {
    row.at.readOnly = row.line.readOnly = disabled();
    row.move.disabled = disabled();
    row.remove.hidden = disabled();
  };

  // Times ------------------------------------------------------------------------------------
  const showFault = (row, faulty) => {
    row.fault.textContent = faulty ? word("faulty") : "";
    row.at.setAttribute("aria-invalid", String(faulty));
    if (faulty) row.at.setAttribute("aria-describedby", row.fault.id);
    else row.at.removeAttribute("aria-describedby");
  };
  const typeTime = (row) => {
    const text = row.at.value.trim();
    const at = text ? readTime(text, false) : "";
    if (at === null) return;
    showFault(row, false);
    change(row, "at", at);
  };
  const leaveTime = (row) => {
    if (disabled() || !rows.includes(row)) return;
    const text = row.at.value.trim();
    const at = text ? readTime(text, true) : "";
    showFault(row, at === null);
    if (at === null) return;
    row.at.value = at;
    row.remove.setAttribute("aria-label", `${word("remove")}: ${eventLabel(row.data.event)} ${at}`);
    change(row, "at", at);
  };
  // A box that moves while a button below it is being pressed would swallow the press.
  const whenReleased = (act) => {
    if (pressed) window.addEventListener("pointerup", () => setTimeout(act, 0), { once: true });
    else setTimeout(act, 0);
  };

  // The list ---------------------------------------------------------------------------------
  const sort = () => {
    const sorted = [...rows].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
    if (sorted.every((row, n) => row === rows[n]) || disabled()) return;
    rows = sorted;
    // The row with the focus stays where it is and the others move around it: moving it would lose the focus.
    const held = Math.max(0, rows.findIndex((row) => row.node.contains(document.activeElement)));
    for (let n = held - 1; n >= 0; n -= 1) list.insertBefore(rows[n].node, rows[n + 1].node);
    for (let n = held + 1; n < rows.length; n += 1) rows[n - 1].node.after(rows[n].node);
    edit();
  };
  const insert = (row, at) => {
    rows.splice(at, 0, row);
    list.insertBefore(row.node, rows[at + 1]?.node ?? null);
  };
  const append = (event) => {
    if (disabled()) return;
    if (rows.length >= MOST_ROWS) {
      say.replaceChildren(make("span", "", word("full")));
      return;
    }
    say.replaceChildren();
    const row = makeRow({ at: "", event, move: "", line: "" });
    insert(row, rows.length);
    edit();
    row.at.focus();
  };
  const take = (row) => {
    const at = rows.indexOf(row);
    if (disabled() || at < 0) return;
    rows.splice(at, 1);
    row.node.remove();
    const undo = make("button", "rb-timeline-quiet", word("undo"));
    undo.type = "button";
    undo.addEventListener("click", () => {
      if (disabled() || rows.length >= MOST_ROWS) return;
      insert(row, Math.min(at, rows.length));
      say.replaceChildren();
      edit();
      row.at.focus();
    });
    say.replaceChildren(make("span", "", word("removed")), undo);
    undo.focus();
    edit();
  };

  // The whole --------------------------------------------------------------------------------
  const build = () => {
    rows = get("value").map(makeRow);
    list.replaceChildren(...rows.map((row) => row.node));
    list.setAttribute("role", "list"); // Safari drops it with the bullets
    add.replaceChildren(make("span", "", word("add")), ...get("events").map(({ code, label }, n) => {
      const button = make("button");
      button.type = "button";
      button.setAttribute("aria-label", word("add_one", { event: label }));
      button.append(makeShape(n), make("span", "", label));
      button.addEventListener("click", () => append(code));
      return button;
    }));
    root.setAttribute("aria-label", get("label"));
    head.replaceChildren(
      ...(get("heading") ? [make("h2", "", get("label"))] : []),
      ...(get("hint") ? [make("p", "", get("hint"))] : []),
    );
    drawDisabled();
    drawPicture();
  };
  const drawDisabled = () => {
    rows.forEach(lock);
    add.hidden = disabled();
    if (disabled()) say.replaceChildren();
  };
  // What the page itself has just sent comes back as a change, too: the boxes being typed in are left alone.
  const follow = () => {
    const value = get("value");
    const same = value.length === rows.length && rows.every(({ data }, n) =>
      ["at", "event", "move", "line"].every((part) => data[part] === value[n][part]));
    if (!same) build();
  };

  const onDown = () => { pressed = true; };
  const onUp = () => { pressed = false; };
  const rebuilds = "change:events change:moves change:label change:hint change:heading change:words";
  window.addEventListener("pointerdown", onDown, true);
  window.addEventListener("pointerup", onUp, true);
  window.addEventListener("pointercancel", onUp, true);
  model.on(rebuilds, build);
  model.on("change:value", follow);
  model.on("change:length", drawPicture);
  model.on("change:disabled", drawDisabled);
  build();
  return () => {
    window.removeEventListener("pointerdown", onDown, true);
    window.removeEventListener("pointerup", onUp, true);
    window.removeEventListener("pointercancel", onUp, true);
    model.off(rebuilds, build);
    model.off("change:value", follow);
    model.off("change:length", drawPicture);
    model.off("change:disabled", drawDisabled);
    root.remove();
  };
}

export default { render };
