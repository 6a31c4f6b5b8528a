// What was decided, and why.

import { api } from './api.js';
import { notInstalled } from './dialogs.js';
import { byId, el, keyed } from './dom.js';
import { bytes, clock, span } from './figures.js';

const HOW = { refused: 'bad', shrunk: 'warn', evicted: 'warn', queued: 'warn', loaded: 'good', granted: 'good', moved: 'accent', placed: 'accent' };
let latest = [];

/** Numbers by which the server decided have no units; their names tell. */
function figure(name, value) {
  if (typeof value !== 'number') return String(value);
  if (/millis/i.test(name)) return span(value);
  return value >= 1e6 ? bytes(value) : String(value);
}

function row({ at, kind, request, model, text, numbers = {} }) {
  const figures = Object.entries(numbers).filter(([, value]) => value !== '').map(([name, value]) => el('span', { class: 'chip' }, `${name} ${figure(name, value)}`));
  const node = el('div', { class: 'decision' },
    el('time', { datetime: at, class: 'soft' }, clock(at)), el('span', { class: 'badge', 'data-how': HOW[kind] ?? '' }, kind),
    el('div', {}, el('p', {}, text), el('p', { class: 'chips' }, model ? el('span', { class: 'chip strong' }, model) : null, request ? el('span', { class: 'chip' }, request) : null, ...figures)));
  return { node, show: () => {} };
}

function kinds() {
  const select = byId('kind');
  const known = new Set([...select.options].map((option) => option.value));
  for (const kind of new Set(latest.map((each) => each.kind))) if (!known.has(kind)) select.append(el('option', { value: kind }, kind));
}

/** Shows what the search leaves. */
export function filterDecisions() {
  const words = byId('find-decision').value.toLowerCase();
  const kind = byId('kind').value;
  const left = latest.filter((each) => (!kind || each.kind === kind) && `${each.text} ${each.model ?? ''} ${each.request ?? ''}`.toLowerCase().includes(words));
  keyed(byId('decision-list'), left, ({ at, kind: what, text, request }) => `${at} ${what} ${request} ${text}`, row, latest.length ? 'Nothing is like that.' : 'Nothing was decided yet.');
}

/** Asks and shows. */
export async function showDecisions() {
  try {
    latest = (await api('explain?limit=200')).decisions ?? [];
    kinds();
    filterDecisions();
  } catch (error) {
    if (error.missing) byId('decision-list').replaceChildren(notInstalled('Explanations'));
    throw error;
  }
}
