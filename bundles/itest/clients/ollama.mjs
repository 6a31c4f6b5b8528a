// The cases of ClientContract with the official Ollama client.
import { Ollama } from "ollama";
import { added, host, piece, run } from "./contract.mjs";
import { person, tools } from "./shapes.mjs";

const client = new Ollama({ host });
const options = { temperature: 0 };

async function answer(request) {
  return (await client.chat({ model: "starter", options, ...request })).message;
}

function user(content) {
  return [{ role: "user", content }];
}

await run({
  async chat({ model, turns }) {
    return (await answer({ model, messages: turns })).content;
  },

  async stream({ model, turns }) {
    const stream = await client.chat({ model, messages: turns, options, stream: true });
    try {
      for await (const part of stream) {
        if (part.message.content && !(await piece(part.message.content))) stream.abort();
      }
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  },

  async tool({ question }) {
    const messages = user(question);
    const offered = await answer({ messages, tools });
    messages.push(offered);
    for (const call of offered.tool_calls ?? []) {
      const content = await added(call.function.arguments);
      messages.push({ role: "tool", tool_name: call.function.name, content });
    }
    return (await answer({ messages, tools })).content;
  },

  async person({ question }) {
    return JSON.parse((await answer({ messages: user(question), format: person })).content);
  },

  async think({ question, wanted }) {
    const { thinking, content } = await answer({ messages: user(question), think: wanted });
    return { thinking: thinking ?? "", answer: content };
  },

  async embed({ texts }) {
    return (await client.embed({ model: "starter", input: texts })).embeddings;
  },
});
