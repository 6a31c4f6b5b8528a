// Drives Paddock with the official Ollama client. Prints one JSON object: what the client made of the answers.
import { Ollama } from "ollama";

const [host, question] = process.argv.slice(2);
const client = new Ollama({ host });
const options = { temperature: 0, num_predict: 200 };
const messages = [{ role: "user", content: question }];

const tags = await client.list();
const show = await client.show({ model: "starter" });
const whole = await client.chat({ model: "starter", messages, options });
let streamed = "";
let pieces = 0;
for await (const part of await client.chat({ model: "starter", messages, options, stream: true })) {
  streamed += part.message.content;
  pieces++;
}
const generated = await client.generate({ model: "starter", prompt: question, options });
const ps = await client.ps();
let unknown = "";
try {
  await client.chat({ model: "no-such-model", messages });
} catch (error) {
  unknown = error.message;
}
console.log(JSON.stringify({
  models: tags.models.map((m) => m.name),
  family: show.details.family,
  whole: whole.message.content,
  streamed,
  pieces,
  generated: generated.response,
  evalCount: whole.eval_count,
  loaded: ps.models.map((m) => m.name),
  unknown,
}));
