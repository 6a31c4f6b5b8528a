// Tools, thoughts and a schema with the official Ollama client. Prints one JSON object: what the client made of the answers.
import { Ollama } from "ollama";

const [host] = process.argv.slice(2);
const client = new Ollama({ host });
const options = { temperature: 0, num_predict: 300 };
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
};
const sum = [{ role: "user", content: "What is 17 + 25?" }];
const anna = [{ role: "user", content: "Anna is 31 years old. Answer in JSON with keys name and age." }];

// All pieces of a stream as one message.
async function joined(request) {
  const message = { role: "assistant", content: "", thinking: "", tool_calls: [] };
  for await (const part of await client.chat({ model: "starter", options, ...request, stream: true })) {
    message.content += part.message.content;
    message.thinking += part.message.thinking ?? "";
    message.tool_calls.push(...(part.message.tool_calls ?? []));
  }
  return message;
}

async function whole(request) {
  return (await client.chat({ model: "starter", options, ...request })).message;
}

async function seen(ask) {
  const call = await ask({ messages: sum, tools });
  const result = { role: "tool", tool_name: "add", content: '{"result": 42}' };
  const answer = await ask({ messages: [...sum, call, result], tools });
  const thought = await ask({ messages: sum, think: true });
  const json = await ask({ messages: anna, format: person });
  return {
    call: call.tool_calls[0].function,
    answer: answer.content,
    thinking: thought.thinking,
    thought: thought.content,
    json: JSON.parse(json.content),
  };
}

console.log(JSON.stringify({ streamed: await seen(joined), whole: await seen(whole) }));
