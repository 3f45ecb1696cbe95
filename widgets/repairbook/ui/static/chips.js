// Chips: short answers to tap. Arrows only move; Space, Enter or a tap chooses; choosing again takes it back.

const make = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

function render({ model, el }) {
  const id = `rb-chips-${Math.random().toString(36).slice(2)}`; // each widget loads this module anew: no shared counter
  const get = (name) => model.get(name);
  const word = (name) => get("words")[name] ?? "";

  const root = make("div", "rb-w rb-chips");
  // In JupyterLab a "d" pressed twice deletes the cell, unless the focused element itself says no.
  root.addEventListener("focusin", ({ target }) => { target.dataset.lmSuppressShortcuts = "true"; });
  const title = make("h2");
  const hint = make("p", "rb-chips-hint");
  const row = make("div", "rb-chips-row");
  const group = make("div", "rb-chips-group");
  const more = make("button", "rb-chip rb-more");
  const ownChip = make("button", "rb-chip");
  const ownBox = make("label", "rb-chips-own");
  const ownLabel = make("span");
  const ownInput = make("input");
  const say = make("div", "rb-chips-say");
  title.id = `${id}-title`;
  hint.id = `${id}-hint`;
  ownBox.id = `${id}-own`;
  more.type = ownChip.type = "button";
  ownInput.type = "text";
  ownInput.maxLength = 200;
  ownInput.autocomplete = "off";
  ownChip.setAttribute("aria-controls", ownBox.id);
  say.setAttribute("role", "status");
  ownBox.append(ownLabel, ownInput);
  row.append(group, more, ownChip);
  root.append(title, hint, row, ownBox, say);
  el.append(root);

  let chips = []; // [{code, button, item}]
  let open = false; // "More …" has been tapped
  let ownOpen = false;
  let stop = null; // the code holding the group's one tab stop

  const known = () => get("value").filter((code) => chips.some((chip) => chip.code === code));

  const send = (trait, key, value) => {
    model.set(trait, value);
    root.dispatchEvent(new CustomEvent("rb-edit", { bubbles: true, composed: true, detail: { key, value } }));
    model.save_changes();
  };

  const tell = (text) => {
    say.textContent = "";
    if (text) setTimeout(() => { say.textContent = text; }, 30); // a change, so that it is read out again
  };

  const choose = (code) => {
    if (get("disabled")) return;
    const value = known();
    const limit = get("limit");
    stop = code;
    if (value.includes(code)) send("value", get("key"), value.filter((other) => other !== code));
    else if (!get("multiple")) send("value", get("key"), [code]);
    else if (limit && value.length >= limit) {
      tell(word("full").replace("{limit}", word(String(limit)) || String(limit)));
      return;
    } else send("value", get("key"), [...value, code]);
    tell("");
  };

  const build = () => {
    const lines = get("show_lines");
    chips = get("options").map((option, n) => {
      const item = make("div", "rb-chips-item");
      const button = make("button", "rb-chip", option.label);
      button.type = "button";
      button.addEventListener("click", () => choose(option.code));
      item.append(button);
      if (lines && option.line) {
        const line = make("div", "rb-chips-line", option.line);
        line.id = `${id}-line-${n}`;
        button.setAttribute("aria-describedby", line.id);
        item.append(line);
      } else if (option.line) button.title = option.line;
      return { code: option.code, button, item };
    });
    root.classList.toggle("rb-chips-lines", lines);
    group.replaceChildren(...chips.map((chip) => chip.item));
    draw();
  };

  const drawHead = () => {
    const heading = get("heading");
    title.textContent = get("label");
    hint.textContent = get("hint");
    title.hidden = !heading;
    hint.hidden = !heading || !get("hint");
    group.setAttribute("aria-label", get("label"));
    if (get("hint")) group.setAttribute("aria-describedby", hint.id);
    else group.removeAttribute("aria-describedby");
  };

  const drawOwn = () => {
    const has = Boolean(get("own_key"));
    const shown = has && ((ownOpen && !get("disabled")) || Boolean(get("own")));
    ownChip.hidden = !has || (get("disabled") && !get("own")); // nothing to read, nothing to open
    ownBox.hidden = !shown;
    ownChip.textContent = word("own");
    ownChip.classList.toggle("rb-on", Boolean(get("own")));
    ownChip.setAttribute("aria-expanded", String(shown));
    ownLabel.textContent = word("own_label");
    ownInput.readOnly = get("disabled");
    if (ownInput.value !== get("own")) ownInput.value = get("own");
  };

  const draw = () => {
    const value = get("value");
    const multiple = get("multiple");
    const first = get("first") || chips.length;
    group.setAttribute("role", multiple ? "group" : "radiogroup");
    if (!multiple && get("disabled")) group.setAttribute("aria-disabled", "true");
    else group.removeAttribute("aria-disabled");
    chips.forEach(({ code, button, item }, n) => {
      const on = value.includes(code);
      item.hidden = !open && n >= first && !on;
      button.classList.toggle("rb-on", on);
      if (multiple) button.removeAttribute("role");
      else button.setAttribute("role", "radio");
      button.removeAttribute(multiple ? "aria-checked" : "aria-pressed");
      button.setAttribute(multiple ? "aria-pressed" : "aria-checked", String(on));
      button.setAttribute("aria-disabled", String(get("disabled")));
    });
    more.hidden = chips.length <= first;
    more.textContent = word(open ? "fewer" : "more");
    more.setAttribute("aria-expanded", String(open));
    drawHead();
    drawOwn();
    drawStop();
  };

  const drawStop = () => {
    const shown = chips.filter((chip) => !chip.item.hidden);
    const holder = shown.find((chip) => chip.code === stop)
      ?? shown.find((chip) => get("value").includes(chip.code)) ?? shown[0];
    chips.forEach((chip) => { chip.button.tabIndex = chip === holder ? 0 : -1; });
  };

  const onKey = (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Home" && event.key !== "End") return;
    const line = [...chips.filter((chip) => !chip.item.hidden).map((chip) => chip.button), more, ownChip]
      .filter((button) => !button.hidden);
    const at = line.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const to = step ? (at + step + line.length) % line.length : event.key === "Home" ? 0 : line.length - 1;
    line[to].focus();
  };

  row.addEventListener("keydown", onKey);
  group.addEventListener("focusin", (event) => {
    stop = chips.find((chip) => chip.button === event.target)?.code ?? stop;
    drawStop();
  });
  more.addEventListener("click", () => {
    const before = chips.map((chip) => chip.item.hidden);
    open = !open;
    draw();
    if (open) chips.find((chip, n) => before[n])?.button.focus();
  });
  ownChip.addEventListener("click", () => {
    ownOpen = Boolean(get("own")) || !ownOpen;
    drawOwn();
    if (ownOpen) ownInput.focus();
  });
  ownInput.addEventListener("input", () => {
    if (get("disabled")) return;
    ownOpen = true; // emptying the box while in it must not close it
    send("own", get("own_key"), ownInput.value);
  });

  const rebuilds = "change:options change:show_lines";
  const draws = "change:value change:multiple change:limit change:first change:label change:hint change:heading "
    + "change:words change:disabled change:own change:own_key";
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
