// What was changed in the settings, and the way back.

import { api, send } from './api.js';
import { attempt } from './dialogs.js';
import { byId, el, keyed, say } from './dom.js';
import { ago } from './figures.js';

const text = (value) => (value === null || value === undefined ? 'unset' : Array.isArray(value) ? `[${value.join(', ')}]` : String(value));

function row(change, refresh) {
  const when = el('span', { class: 'soft' });
  const revert = change.secret ? null : el('button', { type: 'button', class: 'act', 'aria-label': `Revert ${change.pid} ${change.key}`, click: () => revertIt() }, 'Revert');
  const node = el('div', { class: 'row change' }, el('div', {}, el('span', { class: 'titled' }, el('b', {}, change.key), el('span', { class: 'soft' }, change.pid.replace(/^dev\.paddock\./, ''))),
    el('span', { class: 'diff' }, ...(change.secret ? ['a secret'] : [el('del', {}, text(change.before)), ' → ', el('ins', {}, text(change.after))])), when));
  if (revert) node.append(revert);
  const revertIt = async () => {
    await attempt(revert, () => send('POST', 'config/revert', { id: change.id }), `${change.key} is ${text(change.before)} again.`);
    refresh();
  };
  return { node, show: (now) => say(when, [ago(now.at), now.by ? `by ${now.by}` : ''].filter(Boolean).join(' ')) };
}

/** Asks and shows. */
export async function showHistory(refresh) {
  const { changes = [] } = await api('config/history');
  byId('history').hidden = !changes.length;
  say(byId('change-count'), changes.length ? `the latest ${ago(changes[0].at)}` : '');
  keyed(byId('change-list'), changes, ({ id }) => String(id), (change) => row(change, refresh));
}
