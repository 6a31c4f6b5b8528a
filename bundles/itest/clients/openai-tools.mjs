// Tools, thoughts and a schema with the official OpenAI client's own stream helper. Prints one JSON object.
import OpenAI from "openai";
import { person, tools } from "./shapes.mjs";

const [host] = process.argv.slice(2);
const client = new OpenAI({ baseURL: `${host}/v1`, apiKey: "unused", maxRetries: 0 });
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

const offered = await joined({ messages: sum, tools });
const call = offered.message.tool_calls[0];
const made = { role: "assistant", content: offered.message.content, tool_calls: [call] };
const result = { role: "tool", tool_call_id: call.id, content: '{"result": 42}' };
const answer = await joined({ messages: [...sum, made, result], tools });
const required = await joined({ messages: hello, tools, tool_choice: "required" });
const thought = await joined({ messages: sum, chat_template_kwargs: { enable_thinking: true } });
const json = await joined({
  messages: anna,
  response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema: person } },
});
console.log(JSON.stringify({
  call: { name: call.function.name, arguments: JSON.parse(call.function.arguments) },
  finish: offered.finish_reason,
  answer: answer.message.content,
  required: required.message.tool_calls[0].function.name,
  thinking: thought.message.reasoning ?? "",
  thought: thought.message.content,
  json: JSON.parse(json.message.content),
}));
