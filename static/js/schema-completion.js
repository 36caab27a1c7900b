// What may be written at a place of the definitions, from our JSON schema.

/** The schema of the value at a path like [0, "fields", 1]; null where the schema says nothing. */
export function schemaAt(schema, path) {
  return path.reduce((now, step) => {
    if (!now) return null;
    const options = now.anyOf ?? [now];
    for (const each of options) {
      if (typeof step === "number" && each.items) return each.items;
      if (each.properties?.[step]) return each.properties[step];
    }
    return null;
  }, schema);
}

/** Names of properties that may still come here, with what they mean: [{label, detail}]. */
export function keyOptions(schema, path, present) {
  const here = schemaAt(schema, path);
  const options = here?.anyOf ?? [here];
  const seen = new Map();
  for (const each of options) for (const [name, about] of Object.entries(each?.properties ?? {})) seen.set(name, about);
  return [...seen].filter(([name]) => !present.includes(name)).map(([name, about]) => ({ label: name, detail: about.description ?? "" }));
}

/** Values that may stand here, as JSON texts. */
export function valueOptions(schema, path) {
  const here = schemaAt(schema, path);
  if (!here) return [];
  if (here.enum) return here.enum.map((value) => JSON.stringify(value));
  if (here.const !== undefined) return [JSON.stringify(here.const)];
  return { array: ["[]"], object: ["{}"] }[here.type] ?? [];
}
