// Settings: found, changed, put back to what they were without a change.

import { api, segment, send } from './api.js';
import { attempt, notInstalled, notice } from './dialogs.js';
import { byId, el, keyed, say } from './dom.js';
import { count } from './figures.js';

let all = [];
const shown = (value) => (Array.isArray(value) ? value.join(', ') : value === null || value === undefined || value === '' ? '' : String(value));
/** Nothing is nothing, whether it is a text, a list or no value. */
const known = (value) => (value === null || value === undefined || value === '' || (Array.isArray(value) && value.join('') === '') ? null : value);
const same = (a, b) => JSON.stringify(known(a)) === JSON.stringify(known(b));

/** What set it, without the path of a file that everybody has. */
function origin({ source, value, default: usual }) {
  if (!source || source === 'default' || (same(value, usual) && /[\\/]/.test(source))) return 'default';
  return /[\\/]/.test(source) ? source.split(/[\\/]/).slice(-2).join('/') : source;
}

/** A field for a value and how it is read back. */
function field(setting) {
  const { value, options, type = '', name, key } = setting;
  const label = { 'aria-label': name || key };
  const choices = Array.isArray(options) ? options : Object.entries(options ?? {}).map(([each, words]) => ({ value: each, label: words }));
  if (typeof value === 'boolean' || /boolean/i.test(type)) return select(label, [['true', 'on'], ['false', 'off']], value, (text) => text === 'true');
  if (choices.length) return select(label, choices.map((each) => (typeof each === 'object' ? [String(each.value), each.label ?? each.value] : [String(each), String(each)])), value, (text) => (typeof value === 'number' ? Number(text) : text));
  if (Array.isArray(value) || /\[\]|list|array/i.test(type)) {
    const area = el('textarea', { ...label, rows: Math.min(8, Math.max(2, (value?.length ?? 0) + 1)), placeholder: 'One in a line', spellcheck: 'false' });
    area.value = (value ?? []).join('\n');
    return { node: area, read: () => area.value.split('\n').map((line) => line.trim()).filter(Boolean) };
  }
  const numeric = typeof value === 'number' || /int|long|double|float|number/i.test(type);
  const input = el('input', { ...label, type: numeric ? 'number' : 'text', step: 'any', spellcheck: 'false', autocomplete: 'off' });
  input.value = value ?? '';
  return { node: input, read: () => (numeric && input.value !== '' ? Number(input.value) : input.value) };
}

function select(label, choices, value, parse) {
  const node = el('select', label, ...choices.map(([each, words]) => el('option', { value: each, selected: each === String(value) }, String(words))));
  return { node, read: () => parse(node.value) };
}

function row(first, refresh) {
  let setting = first;
  const value = el('code', { class: 'value' });
  const source = el('span', { class: 'chip' });
  const pending = el('span', { class: 'badge', 'data-how': 'warn' });
  const edit = el('button', { type: 'button', class: 'act', click: () => open() }, 'Edit');
  const unset = el('button', { type: 'button', class: 'act', click: () => change(unset, () => send('DELETE', where())) }, 'Unset');
  const shownValue = el('div', { class: 'valued' }, value, pending, source, el('span', { class: 'acts' }, edit, unset));
  const place = el('div');
  const title = setting.name || setting.key;
  const node = el('div', { class: 'setting', 'data-setting': `${setting.pid} ${setting.key}` },
    el('div', { class: 'what' }, el('b', {}, title), el('code', { class: 'soft' }, setting.key), el('p', { class: 'soft' }, setting.description ?? '')), shownValue, place);
  const where = () => `config/${segment(setting.pid)}/${segment(setting.key)}`;
  const change = async (by, task) => {
    const done = await attempt(by, async () => {
      const { note } = await task();
      if (note) notice(note);
    });
    if (done) close();
    refresh();
  };
  const close = () => {
    place.replaceChildren();
    shownValue.hidden = false;
  };
  const open = () => {
    const { node: input, read } = field(setting);
    const save = el('button', { type: 'submit', class: 'primary' }, 'Save');
    const submit = (event) => {
      event.preventDefault();
      change(save, () => send('PUT', where(), { value: read() }));
    };
    const cancel = el('button', { type: 'button', class: 'ghost', click: () => (close(), edit.focus()) }, 'Cancel');
    place.replaceChildren(el('form', { class: 'editing', submit }, input, setting.unit ? el('span', { class: 'soft' }, setting.unit) : null, save, cancel));
    shownValue.hidden = true;
    input.focus();
  };
  const show = (now) => {
    setting = now;
    const words = shown(now.value);
    say(value, words || 'empty');
    value.classList.toggle('empty', !words);
    say(source, origin(now));
    pending.hidden = now.pending === undefined;
    say(pending, now.pending === undefined ? '' : `${shown(now.pending)} from the next start on`);
    source.classList.toggle('strong', !same(now.value, now.default));
    source.title = `${now.source ?? 'default'}; default: ${shown(now.default) || 'empty'}`;
    unset.hidden = origin(now) === 'default' && now.pending === undefined;
  };
  return { node, show };
}

function group([pid], refresh) {
  const amount = el('span', { class: 'soft' });
  const place = el('div', { class: 'list' });
  const node = el('details', { class: 'card group' }, el('summary', {}, el('h2', {}, pid.replace(/^dev\.paddock\.?/, '') || pid), amount), place);
  let searched = false;
  const show = ([, settings, searching]) => {
    keyed(place, settings, ({ key }) => key, (setting) => row(setting, refresh));
    const changed = settings.filter(({ value, default: usual }) => !same(value, usual)).length;
    say(amount, [count(settings.length, 'setting'), changed ? `${changed} changed` : ''].filter(Boolean).join(', '));
    if (searching !== searched) node.open = searching;
    searched = searching;
  };
  return { node, show };
}

/** Shows what the search leaves. */
export function filterSettings(refresh) {
  const words = byId('find-setting').value.toLowerCase();
  const changed = byId('only-changed').checked;
  const searching = Boolean(words) || changed;
  const left = all.filter((each) => (!changed || !same(each.value, each.default)) && `${each.pid} ${each.key} ${each.name ?? ''} ${each.description ?? ''}`.toLowerCase().includes(words));
  keyed(byId('setting-list'), [...Map.groupBy(left, ({ pid }) => pid)].map(([pid, settings]) => [pid, settings, searching]), ([pid]) => pid, (entry) => group(entry, refresh), 'No setting is like that.');
}

/** Asks and shows. */
export async function showSettings(refresh) {
  try {
    all = (await api('config')).settings ?? [];
    byId('setting-tools').hidden = false;
    filterSettings(refresh);
  } catch (error) {
    byId('setting-list').replaceChildren(error.missing ? notInstalled('Changing settings') : el('p', { class: 'none' }, error.message));
    throw error;
  }
}
