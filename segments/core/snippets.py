"""The request of a run as code to paste: curl, and the official `twelvelabs` clients for Python and Node.

Each text creates the task, waits for its end and prints the answer. The forms are those of the contract, §9.6.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from segments.core.definition import TIME_ARRAY_MODEL
from segments.core.request import DEFAULTS, MODE

#: Stands where the caller's key belongs: keys are stored hashed and cannot be shown again.
KEY = "YOUR_API_KEY"
#: Stands where no video is chosen yet.
ASSET = "YOUR_ASSET_ID"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Snippet:
    """`note` says in words what a reader has to know before running it, "" for nothing."""

    name: str
    title: str
    text: str
    note: str


def snippets(body: Mapping[str, object], *, asset_id: str, base_url: str) -> tuple[Snippet, ...]:
    """The texts for a task body without its `video`; `base_url` is the address of the API with its version."""
    wire = _wire(body, asset_id)
    return (
        Snippet("curl", "cURL", _curl(wire, base_url), "Paste into bash. It needs curl and nothing else."),
        Snippet("python", "Python", _python(wire, base_url), "Needs the official client: pip install twelvelabs"),
        _javascript(wire, base_url),
    )


def _wire(body: Mapping[str, object], asset_id: str) -> dict[str, object]:
    """The body in the order of the contract, with what the page leaves out said in words."""
    head: dict[str, object] = {
        "model_name": DEFAULTS["model_name"],
        "video": {"type": "asset_id", "asset_id": asset_id or ASSET},
        "analysis_mode": MODE,
    }
    wire = {**head, **body}
    if wire.get("engine") == DEFAULTS["engine"]:
        del wire["engine"]
    return wire


def _curl(wire: Mapping[str, object], base_url: str) -> str:
    # an interactive shell would expand `!`, so it travels as an escape; no line of JSON can be the word JSON
    body = json.dumps(wire, indent=2, ensure_ascii=False).replace("!", "\\u0021")
    return f"""\
API_KEY="{KEY}"
URL="{base_url}/analyze/tasks"

ANSWER=$(curl -sS -X POST "$URL" -H "x-api-key: $API_KEY" -H "Content-Type: application/json" -d @- <<'JSON'
{body}
JSON
)
TASK=$(sed -n 's/.*"task_id": *"\\([^"]*\\)".*/\\1/p' <<<"$ANSWER")

# wait for the end
while [ -n "$TASK" ]; do
  ANSWER=$(curl -sS "$URL/$TASK" -H "x-api-key: $API_KEY")
  grep -qE '"status": *"(queued|pending|processing)"' <<<"$ANSWER" || break
  sleep 1
done
echo "$ANSWER"
"""


def _python(wire: Mapping[str, object], base_url: str) -> str:
    known = {name: value for name, value in wire.items() if name != "engine"}
    arguments = [f"    {name}={_literal(value, PYTHON, 1)}," for name, value in known.items()]
    if "engine" in wire:
        more = {"additional_body_parameters": {"engine": wire["engine"]}}
        arguments.append(f"    request_options={_literal(more, PYTHON, 1)},")
    lines = "\n".join(arguments)
    return f"""\
import time

from twelvelabs import TwelveLabs

client = TwelveLabs(api_key="{KEY}", base_url="{base_url}")
created = client.analyze_async.tasks.create(
{lines}
)

task = client.analyze_async.tasks.retrieve(created.task_id)
while task.status in ("queued", "pending", "processing"):  # wait for the end
    time.sleep(1)
    task = client.analyze_async.tasks.retrieve(created.task_id)

print(task.result.data if task.status == "ready" else task)
"""


def _javascript(wire: Mapping[str, object], base_url: str) -> Snippet:
    beyond = _beyond_client(wire)
    if beyond:
        note = f"Node 20 or newer. Plain fetch, because the official client cannot send {beyond}."
        return Snippet("javascript", "JavaScript", _fetch(wire, base_url), note)
    note = "Save as segment.mjs. Needs the official client: npm install twelvelabs-js"
    return Snippet("javascript", "JavaScript", _node_client(wire, base_url), note)


def _beyond_client(wire: Mapping[str, object]) -> str:
    """What twelvelabs-js 1.3 drops or refuses, "" when it can send everything."""
    if "engine" in wire:
        return "the engine"
    if wire["model_name"] == TIME_ARRAY_MODEL:
        return f"the model {TIME_ARRAY_MODEL}"
    return "max_tokens as a word" if isinstance(wire.get("max_tokens"), str) else ""


def _node_client(wire: Mapping[str, object], base_url: str) -> str:
    return f"""\
import {{ TwelvelabsApiClient }} from "twelvelabs-js";

const client = new TwelvelabsApiClient({{ apiKey: "{KEY}", environment: "{base_url}" }});
const {{ taskId }} = await client.analyzeAsync.tasks.create({_literal(_camel(wire), JAVASCRIPT, 0)});

let task = await client.analyzeAsync.tasks.retrieve(taskId);
while (["queued", "pending", "processing"].includes(task.status)) {{
  await new Promise((wake) => setTimeout(wake, 1000)); // wait for the end
  task = await client.analyzeAsync.tasks.retrieve(taskId);
}}
console.log(task.status === "ready" ? task.result.data : task);
"""


def _fetch(wire: Mapping[str, object], base_url: str) -> str:
    return f"""\
const url = "{base_url}/analyze/tasks";
const headers = {{ "x-api-key": "{KEY}", "Content-Type": "application/json" }};
const body = {_literal(wire, JAVASCRIPT, 0)};
const ask = async (...request) => (await fetch(...request)).json();

let task = await ask(url, {{ method: "POST", headers, body: JSON.stringify(body) }});
const id = task.task_id;
while (["queued", "pending", "processing"].includes(task.status)) {{
  await new Promise((wake) => setTimeout(wake, 1000)); // wait for the end
  task = await ask(`${{url}}/${{id}}`, {{ headers }});
}}
console.log(task.status === "ready" ? task.result.data : task);
"""


def _camel(value: object) -> object:
    """Keys as the Node client wants them: `time_ranges` is `timeRanges`. Values stay."""
    if isinstance(value, Mapping):
        return {_camel_key(str(key)): _camel(entry) for key, entry in value.items()}
    return [_camel(entry) for entry in value] if isinstance(value, list) else value


def _camel_key(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True, slots=True)
class _Language:
    """How one language writes constants; texts are written as in JSON, which both read alike."""

    indent: str
    constants: Mapping[object, str]
    bare_keys: bool


PYTHON = _Language("    ", {None: "None", True: "True", False: "False"}, bare_keys=False)
JAVASCRIPT = _Language("  ", {None: "null", True: "true", False: "false"}, bare_keys=True)


def _literal(value: object, language: _Language, depth: int) -> str:
    """A value as source text: on one line where it fits, else one entry a line."""
    if isinstance(value, bool) or value is None:
        return language.constants[value]
    if not isinstance(value, (Mapping, list)):
        return json.dumps(value, ensure_ascii=False)
    short = _joined(value, language, depth, ", ")
    pad = language.indent * (depth + 1)
    if "\n" not in short and len(short) + len(pad) <= _WIDTH:
        return short
    opener, closer = ("[", "]") if isinstance(value, list) else ("{", "}")
    lines = "".join(f"{pad}{entry},\n" for entry in _entries(value, language, depth + 1))
    return f"{opener}\n{lines}{language.indent * depth}{closer}"


def _joined(value: Mapping[str, object] | list[object], language: _Language, depth: int, comma: str) -> str:
    entries = comma.join(_entries(value, language, depth + 1))
    if isinstance(value, list):
        return f"[{entries}]"
    return f"{{ {entries} }}" if language.bare_keys and entries else f"{{{entries}}}"


def _entries(value: Mapping[str, object] | list[object], language: _Language, depth: int) -> list[str]:
    if isinstance(value, list):
        return [_literal(entry, language, depth) for entry in value]
    return [f"{_key(key, language)}: {_literal(entry, language, depth)}" for key, entry in value.items()]


def _key(key: object, language: _Language) -> str:
    text = cast("str", key)
    return text if language.bare_keys and _NAME.fullmatch(text) else json.dumps(text, ensure_ascii=False)
