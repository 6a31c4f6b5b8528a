// Requests that run and those that wait.

import { byId, el, keyed, say } from './dom.js';
import { count, span } from './figures.js';

function row() {
  const name = el('b', { class: 'name' });
  const figure = el('span', { class: 'soft' });
  const who = el('span', { class: 'soft' });
  const badge = el('span', { class: 'badge' });
  const node = el('div', { class: 'row' }, el('div', {}, el('span', { class: 'titled' }, name, badge), figure, who));
  const show = ({ waiting, request, model, identity, priority, tokens, prompt_tokens: prompt, age_ms: age, waiting_ms: waited }) => {
    say(name, model || 'no model yet');
    say(who, [identity, priority ? `priority ${priority}` : '', request].filter(Boolean).join(' · '));
    say(figure, waiting ? `for ${span(waited ?? 0)}` : `${count(tokens ?? 0, 'token')}${prompt ? `, prompt ${prompt}` : ''} · ${span(age ?? 0)}`);
    say(badge, waiting ? 'waiting' : 'running');
    badge.dataset.how = waiting ? 'warn' : 'good';
  };
  return { node, show };
}

/** Shows both kinds, those that run first. */
export function showRequests({ running = [], queued = [] }) {
  const place = byId('requests');
  place.classList.add('list');
  const all = [...running.map((each) => ({ ...each, waiting: false })), ...queued.map((each) => ({ ...each, waiting: true }))];
  keyed(place, all, ({ request, model, waiting }) => `${waiting} ${request} ${model}`, row, 'Nothing runs and nobody waits.');
}
