// Tools, thoughts and a schema as streams of the official Ollama client. Prints one JSON object: what was made of the answers.
import { Ollama } from "ollama";
import { person, tools } from "./shapes.mjs";

const [host] = process.argv.slice(2);
const client = new Ollama({ host });
const options = { temperature: 0, num_predict: 300 };
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

const call = await joined({ messages: sum, tools });
const result = { role: "tool", tool_name: "add", content: '{"result": 42}' };
const answer = await joined({ messages: [...sum, call, result], tools });
const thought = await joined({ messages: sum, think: true });
const json = await joined({ messages: anna, format: person });
console.log(JSON.stringify({
  call: call.tool_calls[0].function,
  answer: answer.content,
  thinking: thought.thinking,
  thought: thought.content,
  json: JSON.parse(json.content),
}));
