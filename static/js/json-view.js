// The JSON tab: the whole answer or only its segments, find, copy, download.

const SHOWN = 200_000;

/** The text to show for one part of the answer. */
export function partText(answer, part) {
  return JSON.stringify(part === "segments" ? answer.result : answer, null, 2);
}

/** How often `needle` occurs (case does not matter), and the offset of occurrence `index` (wrapping round). */
export function find(text, needle, index) {
  if (!needle) return { count: 0, at: -1 };
  const places = [];
  const [low, wanted] = [text.toLowerCase(), needle.toLowerCase()];
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + wanted.length)) places.push(at);
  return { count: places.length, at: places.length ? places[index % places.length] : -1 };
}

export function mountJsonView(root, copyText) {
  const view = { url: "", answer: null, text: "", hit: 0 };
  const box = root.querySelector("[data-json-text]");
  const note = root.querySelector("[data-json-note]");
  const part = () => root.querySelector("input[name=json-part]:checked").value;
  const search = root.querySelector("[data-json-find]");

  function paint() {
    view.text = view.answer ? partText(view.answer, part()) : "";
    box.textContent = view.text.slice(0, SHOWN);
    const cut = view.text.length > SHOWN;
    note.textContent = cut ? "The first 200 KB are shown. Download has everything." : "";
  }

  function seek() {
    const { count, at } = find(box.textContent, search.value, view.hit++);
    note.textContent = search.value ? `${count} found` : "";
    if (at < 0) return;
    const range = document.createRange();
    range.setStart(box.firstChild, at);
    range.setEnd(box.firstChild, at + search.value.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const place = range.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    box.scrollTop += place.top - frame.top - frame.height / 2;
  }

  root.addEventListener("change", (event) => event.target.name === "json-part" && paint());
  search.addEventListener("input", () => {
    view.hit = 0;
    seek();
  });
  search.addEventListener("keydown", (event) => event.key === "Enter" && seek());
  const copy = root.querySelector("[data-json-copy]");
  copy.addEventListener("click", () => copyText(view.text, copy, box));

  return {
    /** Show the answer at `url`; the same address twice is fetched once. */
    async show(url) {
      if (!url || url === view.url) return;
      root.querySelector("[data-json-download]").href = url;
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) {
        note.textContent = "The result could not be fetched. Open this tab again to try once more.";
        return;
      }
      view.url = url;
      view.answer = await answer.json();
      paint();
    },
  };
}
