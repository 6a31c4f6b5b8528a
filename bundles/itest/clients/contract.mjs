// One case of ClientContract, run by a script for its client: `node CLIENT.mjs HOST CASE INPUT`, INPUT in JSON.
// Speaks with the test in lines of JSON: pieces and calls out, "go on" and results in, at the end what was made of it.
import { createInterface } from "node:readline";

const [address, name, input] = process.argv.slice(2);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export const host = address;

function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function hear() {
  return JSON.parse((await lines.next()).value);
}

// Shows a piece of a stream; answers whether more is wanted.
export async function piece(text) {
  say({ piece: text });
  return hear();
}

// Has the test do what the model called for; answers with the result as text.
export async function added(call) {
  say({ call });
  return hear();
}

export async function run(cases) {
  try {
    say({ done: (await cases[name](JSON.parse(input))) ?? null });
  } catch (error) {
    say({ error: { name: error.constructor.name, status: error.status ?? error.status_code ?? 0, message: error.message } });
  }
  // Ends only when it is told to: a process that ends closes what its client left open.
  while (!(await lines.next()).done);
  process.exit(0);
}
