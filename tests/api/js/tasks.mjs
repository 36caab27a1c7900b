// Tasks, as the checklist of the contract calls them.

const request = ({ assetId, ...more }) => ({
  video: { type: "asset_id", assetId },
  analysisMode: "time_based_metadata",
  ...more,
});

const format = (definitions) => ({ type: "segment_definitions", segmentDefinitions: definitions });

export const create = ({ client, facts }) =>
  client.analyzeAsync.tasks.create(request({ ...facts.request, responseFormat: format(facts.definitions) }));

export async function retrieve({ client, fromEnvironment, facts }) {
  const task = await client.analyzeAsync.tasks.retrieve(facts.id);
  const same = await fromEnvironment.analyzeAsync.tasks.retrieve(facts.id);
  return { task, same: same.taskId, isDate: task.createdAt instanceof Date, data: JSON.parse(task.result.data) };
}

export const read = ({ client, facts }) => client.analyzeAsync.tasks.retrieve(facts.id);

export const list = ({ client, facts }) => client.analyzeAsync.tasks.list(facts);

export const remove = ({ client, facts }) => client.analyzeAsync.tasks.delete(facts.id);

export const createExtra = ({ client, facts }) =>
  client.analyzeAsync.tasks.create({ ...request({ ...facts.request, responseFormat: format(facts.definitions) }), foo: 1 });

export const answer = ({ client, facts: { assetId, schema } }) =>
  client.analyzeAsync.tasks.create({
    video: { type: "asset_id", assetId },
    prompt: "p",
    responseFormat: { type: "json_schema", jsonSchema: schema },
  });
