// Models, and what a stream tells at its end, with the official OpenAI client. Prints one JSON object.
import OpenAI from "openai";

const [host, question] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });

const models = await client.models.list();
let usage = null;
let finish = null;
const stream = await client.chat.completions.create({
  model: "starter",
  messages: [{ role: "user", content: question }],
  temperature: 0,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
console.log(JSON.stringify({ models: models.data.map((m) => m.id), finish, usage }));
