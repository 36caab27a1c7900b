// One Node process for all tests: a line of JSON in names a file, a function and its facts; a line out is its result.
// A function gets { client, fromEnvironment, api, facts } and returns plain JSON; what it throws goes back with
// the name of its class, its status and its body.

import { Console } from "node:console";
import process from "node:process";
import { createInterface } from "node:readline";

import * as api from "twelvelabs-js";

// The SDK talks on the console, and standard output is ours.
globalThis.console = new Console(process.stderr, process.stderr);

const plain = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

// The SDK gives its typed errors no name of their own, so the class is found by identity.
function className(error) {
  const typed = Object.entries(api.TwelvelabsApi).find(([, kind]) => error.constructor === kind);
  return typed?.[0] ?? error.constructor.name;
}

async function answer({ file, call, base, key, facts }) {
  process.env.TWELVELABS_BASE_URL = base;
  const checks = await import(`./${file}.mjs`);
  const client = new api.TwelvelabsApiClient({ apiKey: key, environment: base });
  const fromEnvironment = new api.TwelveLabs({ apiKey: key });
  return checks[call]({ client, fromEnvironment, api, facts });
}

for await (const line of createInterface({ input: process.stdin })) {
  let result;
  try {
    result = { value: plain(await answer(JSON.parse(line))) };
  } catch (error) {
    const known = { status: error.statusCode ?? null, body: plain(error.body) };
    result = { error: { name: className(error), message: String(error.stack ?? error), ...known } };
  }
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
