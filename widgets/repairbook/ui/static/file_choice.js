// File choice: one button, one file; a file too large is refused here, as sending it would break the connection.

const make = (tag, className) => Object.assign(document.createElement(tag), { className });

function render({ model, el }) {
  const root = make("div", "rb-w rb-file-choice");
  const button = Object.assign(make("button", ""), { type: "button" });
  const input = Object.assign(make("input", ""), { type: "file", hidden: true, tabIndex: -1 });
  const said = make("p", "");
  input.setAttribute("aria-hidden", "true");
  root.append(button, input, said);
  el.append(root);

  const say = (word, alert) => {
    said.setAttribute("role", alert ? "alert" : "status");
    said.textContent = word ? model.get("words")[word] : "";
    said.classList.toggle("rb-file-choice-fault", Boolean(alert));
  };

  const draw = () => {
    button.textContent = model.get("label");
    button.disabled = model.get("disabled");
    input.accept = model.get("accept");
  };

  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    if (file.size > model.get("most")) {
      say("too_large", true);
      return;
    }
    say("reading");
    try {
      model.send({ type: "file", name: file.name }, undefined, [await file.arrayBuffer()]);
    } catch {
      say("unreadable", true);
    }
  };

  button.addEventListener("click", () => {
    input.value = ""; // the same file may be chosen again once it was changed
    input.click();
  });
  input.addEventListener("change", take);
  const hear = (message) => { if (message?.type === "taken") say(""); };
  const draws = "change:label change:disabled change:accept";
  model.on("msg:custom", hear);
  model.on(draws, draw);
  draw();
  say("");
  return () => {
    model.off("msg:custom", hear);
    model.off(draws, draw);
    root.remove();
  };
}

export default { render };
