// Drives Paddock with Anthropic's client and its stream helper. Prints one JSON object: what the client made of the answers.
import Anthropic from "@anthropic-ai/sdk";

const [host] = process.argv.slice(2);
const client = new Anthropic({ baseURL: host, apiKey: "unused", maxRetries: 0 });
const model = "starter";
const usual = { model, max_tokens: 300, temperature: 0 };
const number = { type: "number" };
const tools = [{
  name: "add",
  description: "Add two numbers",
  input_schema: { type: "object", properties: { a: number, b: number }, required: ["a", "b"] },
}];
const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const user = (content) => [{ role: "user", content }];
const sum = user("What is 17 + 25?");
const text = (message) => message.content.filter((b) => b.type === "text").map((b) => b.text).join("");
const thoughts = (message) => message.content.filter((b) => b.type === "thinking").map((b) => b.thinking).join("");

const whole = (request) => client.messages.create({ ...usual, ...request });

async function joined(request) {
  const stream = client.messages.stream({ ...usual, ...request });
  let heard = "";
  stream.on("text", (more) => (heard += more));
  const message = await stream.finalMessage();
  if (heard !== text(message)) throw new Error(`heard ${heard}, joined ${text(message)}`);
  return message;
}

async function seen(ask) {
  const plain = await ask({ messages: sum });
  const turns = await ask({
    messages: [...user("My name is Anna."), { role: "assistant", content: "Nice to meet you, Anna!" }, ...user("What is my name?")],
  });
  const offered = await ask({ messages: sum, tools });
  const call = offered.content.find((b) => b.type === "tool_use");
  const result = { type: "tool_result", tool_use_id: call.id, content: '{"result": 42}' };
  const answered = await ask({ messages: [...sum, { role: "assistant", content: offered.content }, ...user([result])], tools });
  const forced = await ask({ messages: user("Hello!"), tools, tool_choice: { type: "any" } });
  const thought = await ask({ messages: sum, thinking: { type: "enabled", budget_tokens: 1024 } });
  const json = await ask({
    messages: user("Anna is 31 years old. Answer in JSON with keys name and age."),
    output_config: { format: { type: "json_schema", schema: person } },
  });
  const stopped = await ask({ messages: sum, stop_sequences: ["= 4"] });
  const cut = await ask({ messages: sum, max_tokens: 3 });
  const begun = await ask({ messages: [...sum, { role: "assistant", content: "17 + 25 =" }] });
  return {
    plain: { text: text(plain), reason: plain.stop_reason, usage: plain.usage, id: plain.id },
    turns: text(turns),
    call: { name: call.name, input: call.input, reason: offered.stop_reason },
    answer: text(answered),
    forced: forced.content.find((b) => b.type === "tool_use").name,
    unasked: thoughts(plain),
    thinking: thoughts(thought),
    thought: text(thought),
    json: JSON.parse(text(json)),
    stopped: { text: text(stopped), reason: stopped.stop_reason, sequence: stopped.stop_sequence },
    cut: { reason: cut.stop_reason, tokens: cut.usage.output_tokens },
    begun: text(begun),
  };
}

async function failure(promise) {
  try {
    await promise;
    return {};
  } catch (e) {
    return { class: e.constructor.name, status: e.status, type: e.type, message: e.message, request: e.requestID };
  }
}

async function system() {
  const counted = (more) => client.messages.countTokens({ model, messages: sum, ...more });
  const bare = await counted({});
  const blocks = [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }];
  return {
    bare: bare.input_tokens,
    text: (await counted({ system: "Be brief." })).input_tokens,
    blocks: (await counted({ system: blocks })).input_tokens,
    tools: (await counted({ tools })).input_tokens,
    answer: text(await whole({ messages: sum, system: "Be brief." })),
  };
}

async function aborted() {
  const stream = client.messages.stream({ ...usual, max_tokens: 2000, messages: user("Count from 1 to 100.") });
  let pieces = 0;
  stream.on("text", () => { if (++pieces === 3) stream.abort(); });
  const failed = await failure(stream.finalMessage());
  return { class: failed.class, pieces };
}

const ids = [];
for await (const one of client.models.list({ limit: 1 })) ids.push(one.id);
console.log(JSON.stringify({
  whole: await seen(whole),
  streamed: await seen(joined),
  system: await system(),
  models: ids,
  one: await client.models.retrieve("starter"),
  unknown: await failure(whole({ model: "no-such-model", messages: sum })),
  image: await failure(whole({
    messages: user([{ type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } }]),
  })),
  aborted: await aborted(),
}));
