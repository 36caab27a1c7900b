// The templates under "Mine": the dialog that lists them, and the form that keeps new ones. The list of the page is told
// by the event saved:changed {saved, kept}.

import { readDefinitions, summaryWords } from "./definition-words.js";

const WORDS = "The server did not answer. Nothing was changed. Try again.";

/** Ask the server; returns {ok, status, saved, words}: words say what was wrong. */
async function ask(url, fields) {
  const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
  const request = fields ? { method: "POST", headers, body: new URLSearchParams(fields) } : { headers };
  try {
    const answer = await fetch(url, request);
    const found = await answer.json();
    return { ok: answer.ok, status: answer.status, saved: found.saved ?? [], words: answer.ok ? "" : problemWords(found) };
  } catch (error) {
    console.warn("The server did not answer.", error);
    return { ok: false, status: 0, saved: [], words: WORDS };
  }
}

/** Every problem of a refusal as one text. */
export function problemWords({ problems, message }) {
  return (problems ?? []).map((each) => each.message).join(" ") || message || WORDS;
}

async function tellPage(kept) {
  const { ok, saved } = await ask("/saved/");
  if (ok) document.dispatchEvent(new CustomEvent("saved:changed", { detail: { saved, kept } }));
}

class SavedDialog {
  constructor(dialog) {
    this.dialog = dialog;
    this.list = this.find("list");
    this.find("import").addEventListener("change", () => this.take());
    this.list.addEventListener("submit", (event) => {
      event.preventDefault();
      this.rename(event.target.closest("li"));
    });
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("li");
      if (event.target.closest("[data-saved-delete]")) this.remove(row);
      if (event.target.closest("[data-saved-undo]")) this.restore(row);
    });
  }

  find(name, root = this.dialog) {
    return root.querySelector(`[data-saved-${name}]`);
  }

  async open() {
    this.dialog.showModal();
    const answer = await ask(this.dialog.dataset.listUrl);
    this.say(answer.words);
    if (answer.ok) this.list.replaceChildren(...answer.saved.map((each) => this.row(each)));
    this.count();
  }

  say(words) {
    this.find("problem").textContent = words;
  }

  count() {
    const kept = this.list.querySelectorAll("[data-saved-rename]").length;
    this.find("none").hidden = this.list.children.length > 0;
    this.find("export-all").hidden = !kept;
  }

  row(saved) {
    const row = this.find("row").content.firstElementChild.cloneNode(true);
    const input = row.querySelector("input");
    row.saved = saved;
    input.value = saved.name;
    input.id = `saved-${saved.uid}`;
    row.querySelector("label").htmlFor = input.id;
    row.querySelector("label").textContent = `Name of the template ${saved.name}`;
    this.find("summary", row).textContent = summaryWords(readDefinitions(saved.text));
    this.find("export", row).href = `/saved/export/?uid=${saved.uid}`;
    for (const [name, verb] of [["export", "Export"], ["delete", "Delete"]]) this.find(name, row).setAttribute("aria-label", `${verb} ${saved.name}`);
    return row;
  }

  /** Send, put the answer in the place of `row`, and say what was wrong. */
  async change(row, verb, fields, draw) {
    const { ok, saved, words } = await ask(`/saved/${row.saved.uid}/${verb}/`, fields);
    this.say(words);
    if (!ok) return;
    const drawn = draw(saved[0]);
    row.replaceWith(drawn);
    (drawn.querySelector("[data-saved-undo]") ?? drawn.querySelector("input")).focus();
    this.count();
    await tellPage();
  }

  rename(row) {
    return this.change(row, "rename", { name: row.querySelector("input").value }, (saved) => this.row(saved));
  }

  remove(row) {
    return this.change(row, "delete", {}, (saved) => {
      const gone = this.find("deleted").content.firstElementChild.cloneNode(true);
      gone.saved = saved;
      this.find("said", gone).textContent = `Deleted ${saved.name}.`;
      return gone;
    });
  }

  restore(row) {
    return this.change(row, "undelete", {}, (saved) => this.row(saved));
  }

  async take() {
    const input = this.find("import");
    const [file] = input.files;
    if (!file) return;
    const { ok, saved, words } = await ask(this.dialog.dataset.importUrl, { text: await file.text(), name: file.name.replace(/\.json$/i, "") });
    input.value = "";
    this.say(words);
    if (!ok) return;
    this.list.append(...saved.map((each) => this.row(each)));
    this.count();
    this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
    await tellPage();
  }
}

let view = null;

export function openSaved(dialog) {
  view ??= new SavedDialog(dialog);
  return view.open();
}

/** A form that keeps `text()` under a name. A taken name is asked about: the button then says Replace. */
export function mountSaveForm(form, { text, onSaved }) {
  const [input, button, problem] = ["input", "button[type=submit]", "[data-save-problem]"].map((each) => form.querySelector(each));
  const label = button.textContent;
  let replace = false;
  const show = (words, taken = false) => {
    replace = taken;
    problem.textContent = words;
    button.textContent = taken ? "Replace" : label;
  };
  input.addEventListener("input", () => show(""));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { ok, status, saved, words } = await ask(form.action, { name: input.value, text: text(), replace: replace ? "1" : "" });
    show(words, status === 409);
    if (!ok) return;
    await tellPage(saved[0].uid);
    onSaved(saved[0]);
  });
  return { clear: () => show("") };
}
