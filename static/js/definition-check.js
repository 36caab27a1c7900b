// Asks the server about definitions: the same rules as the API's.

/** {problems: [{path, message}], warnings: [text]}, or null when it could not be asked. */
export async function checkDefinitions(url, definitions, video, signal) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ definitions, video }), signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** A function that asks `quiet` milliseconds after the last call and drops answers that came too late. */
export function delayedCheck(url, onAnswer, quiet = 300) {
  let timer = 0;
  let asked = null;
  return (definitions, video) => {
    clearTimeout(timer);
    asked?.abort();
    timer = setTimeout(async () => {
      asked = new AbortController();
      const { signal } = asked;
      const answer = await checkDefinitions(url, definitions, video, signal);
      if (answer && !signal.aborted) onAnswer(answer);
    }, quiet);
  };
}
