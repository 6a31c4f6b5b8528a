// Drives Paddock with the official OpenAI client. Prints one JSON object: what the client made of the answers.
import OpenAI from "openai";

const [host, question] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });
const messages = [{ role: "user", content: question }];

const models = await client.models.list();
const whole = await client.chat.completions.create({ model: "starter", messages, temperature: 0 });
let streamed = "";
let usage = null;
let finish = null;
const stream = await client.chat.completions.create({
  model: "starter", messages, temperature: 0, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta?.content ?? "";
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
let unknown = 0;
try {
  await client.chat.completions.create({ model: "no-such-model", messages });
} catch (error) {
  unknown = error.status;
}
console.log(JSON.stringify({
  models: models.data.map((m) => m.id),
  whole: whole.choices[0].message.content,
  finish: whole.choices[0].finish_reason,
  streamed,
  streamFinish: finish,
  usage,
  unknown,
}));
