// The call that waits for its answer, whole and line by line.

export async function both({ client, facts: { assetId, prompt, times = 1 } }) {
  const request = { video: { type: "asset_id", assetId }, prompt };
  let whole;
  for (let time = 0; time < times; time += 1) whole = await client.analyze(request, { maxRetries: 0 });
  const events = [];
  for await (const event of await client.analyzeStream(request)) events.push(event);
  const streamed = events.map((event) => event.text ?? "").join("");
  return { whole: whole.data, streamed, last: events.at(-1).eventType };
}
