// Drives Paddock's model routes with the official Ollama client, against a registry. Prints one JSON object.
import { Ollama } from "ollama";

const [host, registry, question] = process.argv.slice(2);
const client = new Ollama({ host });
const model = `${registry}/ns/npm`;
const insecure = true;

// The steps of a streamed task: the first and last words, and how much was measured in all.
async function follow(stream) {
  const blobs = new Map();
  const seen = [];
  for await (const part of stream) {
    seen.push(part.status);
    if (part.digest) blobs.set(part.digest, part);
  }
  return {
    first: seen[0],
    last: seen.at(-1),
    bytes: [...blobs.values()].reduce((sum, part) => sum + part.total, 0),
    complete: [...blobs.values()].every((part) => part.completed === part.total),
  };
}

await client.copy({ source: "starter", destination: model });
const pushed = await follow(await client.push({ model, insecure, stream: true }));
await client.delete({ model });
await client.delete({ model: "starter" });
const afterDelete = (await client.list()).models.map((m) => m.name);
const pulled = await follow(await client.pull({ model, insecure, stream: true }));
const whole = await client.pull({ model, insecure });
const show = await client.show({ model });
const answer = await client.chat({
  model,
  messages: [{ role: "user", content: question }],
  options: { temperature: 0, num_predict: 200 },
});
const created = await client.create({ model: "derived", from: model, system: "You are a test." });
const derived = await client.show({ model: "derived" });
let unknown = "";
try {
  await client.pull({ model: `${registry}/ns/nothing`, insecure });
} catch (error) {
  unknown = error.message;
}
console.log(JSON.stringify({
  pushed,
  afterDelete,
  pulled,
  whole: whole.status,
  family: show.details.family,
  answer: answer.message.content,
  created: created.status,
  system: derived.system,
  unknown,
}));
