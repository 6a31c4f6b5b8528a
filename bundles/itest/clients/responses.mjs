// The Responses API with the official OpenAI client, whole and streamed. Prints one JSON object.
import OpenAI from "openai";

const [host] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });
const number = { type: "number" };
const tools = [{
  type: "function",
  name: "add",
  description: "Add two numbers",
  parameters: { type: "object", properties: { a: number, b: number }, required: ["a", "b"] },
  strict: false,
}];
const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const sum = "What is 17 + 25?";
const base = { model: "starter", temperature: 0, max_output_tokens: 300 };

async function whole(request) {
  return client.responses.create({ ...base, ...request });
}

// The plain iterator: names and numbers as they come. The last event's response must be what the helper makes of them.
async function streamed(request) {
  let last;
  let next = 0;
  let text = "";
  for await (const event of await client.responses.create({ ...base, ...request, stream: true })) {
    if (event.sequence_number !== next++) throw new Error(`number ${event.sequence_number} of ${event.type}`);
    if (event.type === "response.output_text.delta") text += event.delta;
    last = event;
  }
  if (last.type !== `response.${last.response.status}`) throw new Error(`the last event is ${last.type}`);
  if (text !== (last.response.output.find((i) => i.type === "message")?.content[0].text ?? "")) throw new Error(text);
  return { ...last.response, output_text: text };
}

async function helped(request) {
  return client.responses.stream({ ...base, ...request }).finalResponse();
}

const call = (response) => response.output.find((item) => item.type === "function_call");
const result = (made) => ({ type: "function_call_output", call_id: made.call_id, output: '{"result": 42}' });

async function seen(ask) {
  const offered = await ask({ input: sum, tools });
  const made = call(offered);
  const continued = await ask({ previous_response_id: offered.id, input: [result(made)], tools });
  const resent = await ask({
    input: [{ role: "user", content: sum }, ...offered.output, result(made)], tools, store: false,
  });
  const required = await ask({ input: "Hello!", tools, tool_choice: "required" });
  const thought = await ask({ input: sum, reasoning: { effort: "low" } });
  const cut = await ask({ input: sum, reasoning: { effort: "low" }, max_output_tokens: 3 });
  return {
    call: { name: made.name, arguments: JSON.parse(made.arguments), status: made.status },
    status: offered.status,
    continued: continued.output_text,
    resent: resent.output_text,
    required: call(required).name,
    thinking: thought.output.find((item) => item.type === "reasoning")?.content[0].text ?? "",
    thought: thought.output_text,
    cut: [cut.status, cut.incomplete_details?.reason],
    usage: offered.usage,
  };
}

async function parsed() {
  const format = { type: "json_schema", name: "person", strict: true, schema: person };
  const input = "Anna is 31 years old. Answer in JSON with keys name and age.";
  const response = await client.responses.parse({ ...base, input, text: { format } });
  return response.output_parsed;
}

async function summary() {
  const request = { input: sum, reasoning: { effort: "low", summary: "auto" }, include: ["reasoning.encrypted_content"] };
  const first = await helped({ ...request, store: false });
  const thoughts = first.output.find((item) => item.type === "reasoning");
  const again = await whole({ input: [{ role: "user", content: sum }, ...first.output, { role: "user", content: "Hello!" }] });
  return { text: thoughts.summary[0].text, sealed: thoughts.encrypted_content, again: again.status };
}

async function kept() {
  const first = await whole({ input: "Hello!", instructions: "Be kind." });
  const shown = await client.responses.retrieve(first.id);
  const items = await client.responses.inputItems.list(first.id);
  const counted = await client.responses.inputTokens.count({ model: "starter", input: "Hello!", instructions: "Be kind." });
  await client.responses.delete(first.id);
  return {
    same: shown.output_text === first.output_text && shown.id === first.id,
    items: items.data.map((item) => item.content[0].text),
    counted: counted.input_tokens === first.usage.input_tokens,
    gone: await failure(client.responses.retrieve(first.id)),
    unfollowed: await failure(whole({ input: "Hi", previous_response_id: first.id })),
  };
}

async function failure(promise) {
  try {
    await promise;
    return "none";
  } catch (error) {
    return [error.status, error.code];
  }
}

async function aborted() {
  const controller = new AbortController();
  const request = { ...base, max_output_tokens: 2000, input: "Tell me a story.", stream: true };
  let events = 0;
  for await (const event of await client.responses.create(request, { signal: controller.signal })) {
    if (event.type === "response.output_text.delta" && ++events === 2) controller.abort();
  }
  return events;
}

console.log(JSON.stringify({
  whole: await seen(whole),
  streamed: await seen(streamed),
  helped: await seen(helped),
  parsed: await parsed(),
  summary: await summary(),
  kept: await kept(),
  aborted: await aborted(),
  unknown: await failure(client.responses.create({ model: "no-such-model", input: "Hi" })),
}));
