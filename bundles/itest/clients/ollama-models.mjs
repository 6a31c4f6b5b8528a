// Models, /api/generate and the count of tokens with the official Ollama client. Prints one JSON object.
import { Ollama } from "ollama";

const [host, question] = process.argv.slice(2);
const client = new Ollama({ host });

const tags = await client.list();
const show = await client.show({ model: "starter" });
const generated = await client.generate({ model: "starter", prompt: question, options: { temperature: 0 } });
const ps = await client.ps();
console.log(JSON.stringify({
  models: tags.models.map((m) => m.name),
  family: show.details.family,
  generated: generated.response,
  evalCount: generated.eval_count,
  loaded: ps.models.map((m) => m.name),
}));
