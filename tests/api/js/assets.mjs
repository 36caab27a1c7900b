// Assets, as the checklist of the contract calls them.

import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

// A read stream goes out with chunked transfer encoding and no Content-Length.
export const directStream = async ({ client, fromEnvironment, facts }) => [
  await client.assets.create({ method: "direct", file: createReadStream(facts.path) }),
  await fromEnvironment.assets.create({ method: "direct", file: createReadStream(facts.path) }),
];

export async function directFile({ fromEnvironment: client, facts }) {
  const bytes = await readFile(facts.path);
  const file = await client.assets.create({ method: "direct", file: new File([bytes], basename(facts.path)) });
  const blob = await client.assets.create({ method: "direct", file: new Blob([bytes]) });
  return [file, blob];
}

async function collect(pages) {
  const ids = [];
  for await (const asset of pages) ids.push(asset.id);
  return ids;
}

export const listAll = async ({ client, fromEnvironment, facts }) => [
  await collect(await client.assets.list({ pageLimit: facts.limit })),
  await collect(await fromEnvironment.assets.list({ pageLimit: facts.limit })),
];

export const create = ({ client, facts }) => client.assets.create(facts);

export const retrieve = ({ client, facts }) => client.assets.retrieve(facts.id);

export const remove = ({ client, facts }) => client.assets.delete(facts.id);

export async function uploadFile({ client, fromEnvironment, api, facts }) {
  const options = { filename: facts.name, fileType: "video" };
  const wrapper = client.multipartUpload.uploadFile ? client : fromEnvironment;
  return [
    await wrapper.multipartUpload.uploadFile(facts.path, options),
    await fromEnvironment.multipartUpload.uploadFile(facts.path, options),
  ];
}

export const uploadStatus = ({ client, facts }) => client.multipartUpload.getStatus(facts.id);
