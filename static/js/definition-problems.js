// Rules of definitions that need no server: told at once, in the words that the API uses.

const RESERVED = ["start_time", "end_time", "metadata"];
const TYPES = ["string", "boolean", "number", "integer", "array", "timestamp"];

const listed = (names) => names.map((each) => `"${each}"`).join(", ");

/** What is wrong with a required text, "" when nothing is; a text of the wrong kind is left to the server. */
export function textProblem(holder, key, limit) {
  const value = holder[key];
  if (value === undefined || value === null) return `${key} is missing. Give a text of 1 to ${limit} characters.`;
  if (typeof value !== "string") return "";
  if (!value.trim()) return `${key} is blank. Give a text of 1 to ${limit} characters.`;
  const { length } = [...value];
  return length > limit ? `${key} has ${length} characters; at most ${limit} are allowed.` : "";
}

function textProblems(holder, keys, path) {
  return Object.entries(keys)
    .map(([key, limit]) => ({ path: [...path, key], message: textProblem(holder, key, limit) }))
    .filter(({ message }) => message);
}

/** Problems for each name that came before in the list; `words(name)` says it. */
function twice(items, key, path, words) {
  const seen = new Set();
  return items.flatMap((item, index) => {
    const name = item?.[key];
    if (typeof name !== "string" || !name) return [];
    const again = seen.has(name);
    seen.add(name);
    return again ? [{ path: [...path, index, key], message: words(name) }] : [];
  });
}

function extraProblems(field, path) {
  if (!field.type) return [{ path: [...path, "type"], message: `type is missing. Use one of ${listed(TYPES)}.` }];
  if (field.type === "timestamp" && !field.format) return [{ path: [...path, "format"], message: 'format is missing. A timestamp needs one of "seconds", "hh:mm:ss", "hh:mm:ss.fff".' }];
  if (field.type === "array" && !field.items) return [{ path: [...path, "items"], message: 'items is missing. A field of type "array" needs it, for example {"type": "string"}.' }];
  return [];
}

function choiceProblems(field, path, limits) {
  const count = Array.isArray(field.enum) ? field.enum.length : 1;
  if (count > 0 && count <= limits.enum_values) return [];
  return [{ path: [...path, "enum"], message: `enum has ${count} choices; 1 to ${limits.enum_values} are allowed.` }];
}

function fieldProblems(field, path, limits) {
  if (field === null || typeof field !== "object") return [];
  const reserved = RESERVED.includes(field.name)
    ? [{ path: [...path, "name"], message: `name cannot be "${field.name}": every result has that already. Choose another name.` }]
    : [];
  const texts = textProblems(field, { name: limits.name_characters, description: limits.description_characters }, path);
  return [...texts, ...reserved, ...extraProblems(field, path), ...choiceProblems(field, path, limits)];
}

function definitionProblems(definition, path, limits) {
  if (definition === null || typeof definition !== "object") return [];
  const fields = Array.isArray(definition.fields) ? definition.fields : [];
  const texts = textProblems(definition, { id: limits.id_characters, description: limits.description_characters }, path);
  const at = [...path, "fields"];
  const many = fields.length > limits.fields ? [{ path: at, message: `fields has ${fields.length} fields; at most ${limits.fields} are allowed.` }] : [];
  const double = twice(fields, "name", at, (name) => `name "${name}" is used twice in this definition. Give every field its own name.`);
  return [...texts, ...many, ...fields.flatMap((field, index) => fieldProblems(field, [...at, index], limits)), ...double];
}

/** [{path, message}] of everything that can be told without asking. */
export function quickProblems(definitions, limits) {
  const count = definitions.length;
  const many = count && count <= limits.definitions ? [] : [{ path: [], message: `segment_definitions has ${count} definitions; 1 to ${limits.definitions} are allowed.` }];
  const each = definitions.flatMap((definition, index) => definitionProblems(definition, [index], limits));
  const double = twice(definitions, "id", [], (id) => `id "${id}" is used by two definitions. Give every definition its own id.`);
  return [...many, ...each, ...double];
}

const at = (value, path) => path.reduce((now, step) => now?.[step], value);

/** What to show after an edit, before the server answers: the quick rules, and what it said about places that did not change. */
export function problemsMeanwhile(quick, judged, before, after) {
  const same = ({ path }) => path.length > 0 && JSON.stringify(at(before, path)) === JSON.stringify(at(after, path)) && at(after, path) !== undefined;
  const told = new Set(quick.map(({ path, message }) => JSON.stringify([path, message])));
  return [...quick, ...judged.filter((each) => same(each) && !told.has(JSON.stringify([each.path, each.message])))];
}
