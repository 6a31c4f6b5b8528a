// One answer: from the conversation to a request, and from the stream's lines to a message.

import { chat } from './api.js';
import { toolsOf } from './storage.js';

const NUMBERS = ['temperature', 'num_ctx', 'num_predict'];
const THINK = { off: false, on: true };

/** The body of the request for the next answer. */
export function requestFor(model, messages, settings, capabilities) {
  const told = messages.filter((message) => message.role !== 'assistant' || message.content || message.tool_calls).map(wire);
  if (settings.system.trim()) told.unshift({ role: 'system', content: settings.system });
  const options = Object.fromEntries(NUMBERS.filter((name) => settings[name] !== '').map((name) => [name, Number(settings[name])]));
  const body = { model, messages: told, options };
  if (settings.think && capabilities.includes('thinking')) body.think = THINK[settings.think] ?? settings.think;
  if (toolsOf(settings.tools)?.length && capabilities.includes('tools')) body.tools = toolsOf(settings.tools);
  return body;
}

function wire({ role, content, tool_calls, tool_name }) {
  return { role, content, ...(tool_calls && { tool_calls }), ...(tool_name && { tool_name }) };
}

/**
 * Streams an answer into a message, which tells in the end how it ended.
 * @param changed is told after each piece
 */
export async function answerInto(message, body, signal, changed) {
  const begin = performance.now();
  try {
    let whole = false;
    for await (const piece of chat(body, signal)) {
      whole ||= piece.done === true;
      take(message, piece, begin);
      changed();
    }
    if (!whole) message.error = 'The connection ended before the answer was complete.';
  } catch (error) {
    if (error.name === 'AbortError') message.stopped = true;
    else message.error = error.message;
  }
}

function take(message, piece, begin) {
  const said = piece.message ?? {};
  if (said.thinking) message.thinking = (message.thinking ?? '') + said.thinking;
  if ((said.content || said.tool_calls) && message.thinking) message.thoughtMillis ??= Math.round(performance.now() - begin);
  if (said.content) message.content += said.content;
  if (said.tool_calls) message.tool_calls = [...(message.tool_calls ?? []), ...said.tool_calls];
  if (piece.notes?.length) message.notes = piece.notes.map(String);
  if (piece.done) {
    message.figures = {
      tokens: piece.eval_count,
      nanos: piece.eval_duration,
      prompt: piece.prompt_eval_count,
      cached: piece.cached_tokens,
      dropped: piece.dropped_messages,
      reason: piece.done_reason,
    };
  }
}
