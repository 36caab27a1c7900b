// View code: the request of the shown run, or of the form as it is now, for three languages. Texts come from the server.

import { copyText } from "./copy.js";

const KEY = "YOUR_API_KEY";

/** The text with the caller's key; a key that could end its quotes is refused with "". */
export function withKey(text, key) {
  const wanted = key.trim();
  if (!wanted) return text;
  return /^[\w.-]+$/.test(wanted) ? text.replaceAll(KEY, wanted) : "";
}

/** What the server refused, in words; the summary where it names no single problem. */
export function refusal({ problems, message }) {
  return (problems ?? []).map((each) => each.message).join(" ") || message || "The code could not be fetched. Close this and try again.";
}

class ViewCode {
  constructor(dialog, form) {
    Object.assign(this, { dialog, form, snippets: [] });
    this.key = dialog.querySelector("#code-key");
    this.text = this.find("text");
    this.key.addEventListener("input", () => this.paint());
    dialog.addEventListener("change", (event) => {
      if (event.target.name === "code-source") this.fetch();
      if (event.target.name === "code-language") this.paint();
    });
    this.find("copy").addEventListener("click", () => copyText(this.text.textContent, this.find("copy"), this.text));
    dialog.addEventListener("close", () => (this.key.value = ""));
  }

  find(name) {
    return this.dialog.querySelector(`[data-code-${name}]`);
  }

  chosen(name) {
    return this.dialog.querySelector(`input[name=${name}]:checked`)?.value;
  }

  /** `runUrl` is absent where no run is shown: then there is only the form. */
  open(runUrl, edited) {
    this.runUrl = runUrl;
    const [run, now] = this.dialog.querySelectorAll("input[name=code-source]");
    run.disabled = !runUrl;
    (runUrl && !edited ? run : now).checked = true;
    this.dialog.showModal();
    return this.fetch();
  }

  async fetch() {
    const headers = { Accept: "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
    const mine = (this.asked = Symbol("request"));
    Object.assign(this, { snippets: [], problem: "" }); // nobody copies the text of another request meanwhile
    this.paint();
    try {
      const answer = this.chosen("code-source") === "run"
        ? await fetch(this.runUrl, { headers })
        : await fetch(this.dialog.dataset.formUrl, { method: "POST", headers, body: new FormData(this.form) });
      const found = await answer.json();
      if (mine !== this.asked) return;
      this.snippets = found.snippets ?? [];
      this.problem = answer.ok ? "" : refusal(found);
    } catch (error) {
      console.warn("The code could not be fetched.", error);
      this.snippets = [];
      this.problem = refusal({});
    }
    this.paint();
  }

  paint() {
    const snippet = this.snippets.find((each) => each.name === this.chosen("code-language"));
    const text = snippet ? withKey(snippet.text, this.key.value) : "";
    const wrong = snippet && !text ? "This does not look like an API key: it has other signs than letters, digits, - . and _." : "";
    this.find("problem").textContent = this.problem || wrong;
    this.find("note").textContent = snippet?.note ?? "";
    this.text.textContent = text;
    this.text.hidden = !text;
    this.find("copy").disabled = !text;
  }
}

let view = null;

export function openViewCode(dialog, form, { runUrl, edited }) {
  view ??= new ViewCode(dialog, form);
  return view.open(runUrl, edited);
}
