// The server's Ollama API. Addresses are relative, so the page works below a path of a proxy, too.

import { readKey } from './storage.js';

/** A failure in the server's own words. */
export class ServerError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

let askForKey = async () => false;

/** Sets who asks for a key: gets the server's words, gives whether there is a new one. */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

let asking = null;

/** Several requests that lack a key ask once. */
function askOnce(words) {
  asking ??= askForKey(words).finally(() => {
    asking = null;
  });
  return asking;
}

async function request(path, options = {}) {
  for (;;) {
    const key = readKey();
    const headers = { ...options.headers };
    if (key) headers.Authorization = `Bearer ${key}`;
    const response = await reach(path, { ...options, headers, cache: 'no-store' });
    if (response.ok) return response;
    const error = await failure(response);
    if (response.status !== 401) throw error;
    const changed = readKey() !== key;
    if (!changed && !(await askOnce(error.message))) throw error;
  }
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ServerError('The server does not answer. Is it running?', 0);
  }
}

async function failure(response) {
  const text = (await response.text().catch(() => '')).slice(0, 4000);
  let words = text.trim();
  try {
    const { error } = JSON.parse(text);
    words = typeof error === 'string' ? error : (error?.message ?? words);
  } catch {
    // Plain text, as of the edge or a proxy.
  }
  const again = response.headers.get('Retry-After');
  const suffix = /^\d+$/.test(again ?? '') ? ` (try again in ${again} s)` : '';
  return new ServerError((words || `the server answered ${response.status}`) + suffix, response.status);
}

const posting = (body, signal) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json' },
  signal,
});

/** What is installed. */
export const models = async () => (await (await request('api/tags')).json()).models ?? [];

/** Versions of the server. */
export const version = async () => (await request('api/version')).json();

/** What a model can do: `capabilities` and more. */
export const facts = async (model) => (await request('api/show', posting({ model }))).json();

/** An answer, piece by piece. */
export const chat = (body, signal) => lines(request('api/chat', posting({ ...body, stream: true }, signal)));

/** The steps of a pull. */
export const pull = (model, signal) => lines(request('api/pull', posting({ model, stream: true }, signal)));

/** Reads lines of JSON; a line that is an error ends them. */
async function* lines(asked) {
  const reader = (await asked).body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(broken);
      if (done) break;
      const parts = (rest + value).split('\n');
      rest = parts.pop();
      for (const part of parts) if (part.trim()) yield object(part);
    }
    if (rest.trim()) yield object(rest);
  } finally {
    reader.cancel().catch(() => {});
  }
}

function broken(error) {
  if (error.name === 'AbortError') throw error;
  throw new ServerError('The connection ended before the answer was complete.', 0);
}

function object(line) {
  let read;
  try {
    read = JSON.parse(line);
  } catch {
    throw new ServerError('The server sent a line that is no JSON.', 0);
  }
  if (read.error) throw new ServerError(String(read.error.message ?? read.error), 200);
  return read;
}
