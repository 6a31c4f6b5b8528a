// The cases of ClientContract with the official OpenAI client, by chat completions.
import OpenAI from "openai";
import { added, host, piece, run } from "./contract.mjs";
import { person, tools } from "./shapes.mjs";

const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });

async function answer(request) {
  const completion = await client.chat.completions.create({ model: "starter", temperature: 0, ...request });
  return completion.choices[0].message;
}

function user(content) {
  return [{ role: "user", content }];
}

await run({
  async chat({ model, turns }) {
    return (await answer({ model, messages: turns })).content;
  },

  async stream({ model, turns }) {
    const stream = await client.chat.completions.create({ model, messages: turns, temperature: 0, stream: true });
    for await (const chunk of stream) {
      const text = chunk.choices[0]?.delta?.content;
      if (text && !(await piece(text))) stream.controller.abort();
    }
  },

  async tool({ question }) {
    const messages = user(question);
    const offered = await answer({ messages, tools });
    messages.push(offered);
    for (const call of offered.tool_calls ?? []) {
      const content = await added(JSON.parse(call.function.arguments));
      messages.push({ role: "tool", tool_call_id: call.id, content });
    }
    return (await answer({ messages, tools })).content;
  },

  async person({ question }) {
    const completion = await client.chat.completions.parse({
      model: "starter",
      temperature: 0,
      messages: user(question),
      response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema: person } },
    });
    return completion.choices[0].message.parsed;
  },

  // Thoughts are an addition of the servers', which the client passes on as it found it.
  async think({ question, wanted }) {
    const said = await answer({ messages: user(question), reasoning_effort: wanted ? "high" : "none" });
    return { thinking: said.reasoning ?? "", answer: said.content };
  },

  async embed({ texts }) {
    const vectors = await client.embeddings.create({ model: "starter", input: texts });
    return vectors.data.map((vector) => vector.embedding);
  },
});
