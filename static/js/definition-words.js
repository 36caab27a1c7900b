// Definitions as values and words, for form and lists.

/** What a JSON text of definitions holds, or null while it does not parse. */
export function readDefinitions(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** "1 definition · 3 fields" */
export function summaryWords(definitions) {
  if (!definitions) return "The definitions are not valid JSON. Open the Builder to mend them.";
  const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
  const fields = definitions.reduce((sum, each) => sum + (each?.fields?.length ?? 0), 0);
  return `${count(definitions.length, "definition")} · ${count(fields, "field")}`;
}
