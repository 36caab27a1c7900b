// What the client makes of a server that breaks.

export const createTask = ({ client, facts }) =>
  client.analyzeAsync.tasks.create({
    video: { type: "asset_id", assetId: facts.asset },
    analysisMode: "time_based_metadata",
    responseFormat: { type: "segment_definitions", segmentDefinitions: [{ id: "shot", description: "A shot." }] },
  });
