// How a message looks. A view is made once for each message and updated while its answer streams.

import { copyButton, el, icon } from './dom.js';
import { show } from './markdown.js';

/**
 * A message on the page: its node, and update(running), which draws it anew.
 * @param message as it is kept
 * @param actions edit(), again() and result(name, text) do what buttons say; isLast() and openCall() tell which there are
 */
export function messageView(message, actions) {
  if (message.role === 'user') return userView(message, actions);
  if (message.role === 'tool') return toolView(message);
  return answerView(message, actions);
}

function userView(message, actions) {
  const tools = el('div', { class: 'tools' }, copyButton(() => message.content, 'Copy'), tool('pen', 'Edit', actions.edit));
  const node = el('article', { class: 'message user', 'aria-label': 'You' }, el('div', { class: 'bubble' }, message.content), tools);
  return { node, update() {} };
}

function toolView(message) {
  const node = el('article', { class: 'message result', 'aria-label': `Result of ${message.tool_name ?? 'a tool'}` },
    el('div', { class: 'call-head' }, icon('check'), `Result of ${message.tool_name ?? 'the tool'}`), el('pre', { tabindex: '0' }, message.content));
  return { node, update() {} };
}

function answerView(message, actions) {
  const thought = thoughtView();
  const content = el('div', { class: 'content' });
  const calls = el('div', { class: 'calls' });
  const below = el('div', { class: 'below' });
  const node = el('article', { class: 'message answer', 'aria-label': message.model ?? 'Answer' }, thought.node, content, calls, below);
  const update = (running) => {
    node.classList.toggle('running', running);
    node.classList.toggle('waiting', running && !message.content && !message.thinking);
    thought.update(message, running);
    show(content, message.content);
    calls.replaceChildren(...(message.tool_calls ?? []).map(callView));
    below.replaceChildren(...(running ? [] : endViews(message, actions)));
  };
  return { node, update };
}

function thoughtView() {
  const words = el('span', {}, 'Thinking');
  const body = el('div', { class: 'thought-body' });
  const node = el('details', { class: 'thought', hidden: true }, el('summary', {}, icon('chevron'), words), body);
  return {
    node,
    update(message, running) {
      node.hidden = !message.thinking;
      const thinks = running && !message.content && !message.tool_calls;
      node.classList.toggle('busy', thinks);
      words.textContent = thinks ? 'Thinking…' : message.thoughtMillis ? `Thought for ${seconds(message.thoughtMillis)}` : 'Thoughts';
      if (message.thinking) show(body, message.thinking);
    },
  };
}

function callView(call) {
  const { name, arguments: given } = call.function ?? {};
  const text = typeof given === 'string' ? given : JSON.stringify(given ?? {}, null, 2);
  return el('div', { class: 'call' }, el('div', { class: 'call-head' }, icon('wrench'), 'Calls ', el('strong', {}, String(name))),
    el('pre', { tabindex: '0' }, text));
}

/** What stands below an answer that has ended: failure, notes, result of calls, buttons, figures. */
function endViews(message, actions) {
  const views = [];
  if (message.error) views.push(el('p', { class: 'wrong', role: 'alert' }, message.error));
  for (const note of remarks(message)) views.push(el('p', { class: 'note' }, note));
  const call = actions.openCall();
  if (call) views.push(resultForm(call, actions));
  const tools = el('div', { class: 'tools' });
  if (message.content) tools.append(copyButton(() => message.content, 'Copy the answer'));
  if (actions.isLast()) tools.append(tool('again', 'Answer again', actions.again));
  tools.append(el('span', { class: 'figures' }, figures(message)));
  views.push(tools);
  return views;
}

function resultForm(call, actions) {
  const name = String(call.function?.name ?? 'the tool');
  const field = el('textarea', { rows: '2', 'aria-label': `Result of ${name}`, placeholder: `What ${name} gives`, maxlength: '100000' });
  const form = el('form', { class: 'result-form' }, field, el('button', { type: 'submit', class: 'primary' }, 'Give the result'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    actions.result(name, field.value);
  });
  return form;
}

function remarks(message) {
  const remarks = [...(message.notes ?? [])];
  if (message.stopped) remarks.push('You stopped this answer.');
  if (message.figures?.reason === 'length') remarks.push('The answer reached its longest length.');
  if (message.figures?.dropped) remarks.push(`${message.figures.dropped} older messages did not fit the window and were left out.`);
  return remarks;
}

function figures(message) {
  const f = message.figures;
  if (!f) return message.model ?? '';
  const parts = [message.model];
  if (f.tokens && f.nanos) parts.push(`${(f.tokens / (f.nanos / 1e9)).toFixed(1)} tokens/s`);
  if (f.tokens) parts.push(`${f.tokens} tokens`);
  if (f.prompt) parts.push(`${f.prompt} in the prompt${f.cached ? `, ${f.cached} of them cached` : ''}`);
  return parts.filter(Boolean).join(' · ');
}

const seconds = (millis) => (millis < 950 ? 'a moment' : `${Math.round(millis / 1000)} s`);

function tool(name, label, click) {
  return el('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, click }, icon(name));
}
