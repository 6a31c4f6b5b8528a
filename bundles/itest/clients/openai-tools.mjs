// Tools, thoughts and a schema with the official OpenAI client and its own stream helper. Prints one JSON object.
import OpenAI from "openai";

const [host] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });
const number = { type: "number" };
const tools = [{
  type: "function",
  function: {
    name: "add",
    description: "Add two numbers",
    parameters: { type: "object", properties: { a: number, b: number }, required: ["a", "b"] },
  },
}];
const person = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
};
const sum = [{ role: "user", content: "What is 17 + 25?" }];
const anna = [{ role: "user", content: "Anna is 31 years old. Answer in JSON with keys name and age." }];
const hello = [{ role: "user", content: "Hello!" }];

// The helper joins the texts that it knows; thoughts are an addition of the servers', and joined here.
async function joined(request) {
  const stream = client.chat.completions.stream({ model: "starter", temperature: 0, max_tokens: 300, ...request });
  let reasoning = "";
  stream.on("chunk", (chunk) => (reasoning += chunk.choices[0]?.delta?.reasoning ?? ""));
  const choice = (await stream.finalChatCompletion()).choices[0];
  return { ...choice, message: { ...choice.message, reasoning } };
}

async function whole(request) {
  const completion = await client.chat.completions.create({
    model: "starter", temperature: 0, max_tokens: 300, ...request,
  });
  return completion.choices[0];
}

async function seen(ask) {
  const offered = await ask({ messages: sum, tools });
  const call = offered.message.tool_calls[0];
  const made = { role: "assistant", content: offered.message.content, tool_calls: [call] };
  const result = { role: "tool", tool_call_id: call.id, content: '{"result": 42}' };
  const answer = await ask({ messages: [...sum, made, result], tools });
  const required = await ask({ messages: hello, tools, tool_choice: "required" });
  const thought = await ask({ messages: sum, chat_template_kwargs: { enable_thinking: true } });
  const json = await ask({
    messages: anna,
    response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema: person } },
  });
  return {
    call: { name: call.function.name, arguments: JSON.parse(call.function.arguments) },
    finish: offered.finish_reason,
    answer: answer.message.content,
    required: required.message.tool_calls[0].function.name,
    thinking: thought.message.reasoning ?? "",
    thought: thought.message.content,
    json: JSON.parse(json.message.content),
  };
}

console.log(JSON.stringify({ streamed: await seen(joined), whole: await seen(whole) }));
