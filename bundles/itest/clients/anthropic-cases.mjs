// The cases of ClientContract with Anthropic's client. Its API has no vectors.
import Anthropic from "@anthropic-ai/sdk";
import { added, host, piece, run } from "./contract.mjs";
import { numbers, person } from "./shapes.mjs";

const client = new Anthropic({ baseURL: host, apiKey: "unused", maxRetries: 0 });
const usual = { model: "starter", max_tokens: 2000, temperature: 0 };
const tools = [{ name: "add", description: "Add two numbers", input_schema: numbers }];

async function answer(request) {
  return (await client.messages.create({ ...usual, ...request })).content;
}

function user(content) {
  return [{ role: "user", content }];
}

function joined(blocks, type) {
  return blocks.filter((block) => block.type === type).map((block) => block[type]).join("");
}

// System prompts are a field beside the messages.
function asked({ model, turns }) {
  const system = turns.filter((turn) => turn.role === "system").map((turn) => turn.content).join("\n");
  return { ...usual, model, messages: turns.filter((turn) => turn.role !== "system"), ...(system && { system }) };
}

await run({
  async chat(input) {
    return joined(await answer(asked(input)), "text");
  },

  async stream(input) {
    const stream = await client.messages.create({ ...asked(input), stream: true });
    for await (const event of stream) {
      if (event.delta?.type === "text_delta" && !(await piece(event.delta.text))) stream.controller.abort();
    }
  },

  async tool({ question }) {
    const messages = user(question);
    const offered = await answer({ messages, tools });
    messages.push({ role: "assistant", content: offered });
    const results = [];
    for (const call of offered.filter((block) => block.type === "tool_use")) {
      results.push({ type: "tool_result", tool_use_id: call.id, content: await added(call.input) });
    }
    messages.push(...user(results));
    return joined(await answer({ messages, tools }), "text");
  },

  async person({ question }) {
    const message = await client.messages.parse({
      ...usual,
      messages: user(question),
      output_config: { format: { type: "json_schema", schema: person } },
    });
    return message.parsed_output ?? JSON.parse(joined(message.content, "text"));
  },

  async think({ question, wanted }) {
    const thinking = wanted ? { type: "enabled", budget_tokens: 1024 } : { type: "disabled" };
    const said = await answer({ messages: user(question), thinking });
    return { thinking: joined(said, "thinking"), answer: joined(said, "text") };
  },
});
