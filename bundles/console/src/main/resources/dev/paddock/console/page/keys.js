// API keys: listed, created and shown once, rotated, revoked.

import { api, segment, send } from './api.js';
import { ask, attempt, form, notInstalled, showSecret } from './dialogs.js';
import { byId, el, keyed, say } from './dom.js';
import { ago, until } from './figures.js';

const SCOPES = { infer: 'use models', 'models.read': 'see models', 'models.write': 'change models', admin: 'administer' };
const LIMITS = [['requests_per_minute', 'key-rpm', 'requests/min'], ['tokens_per_minute', 'key-tpm', 'tokens/min'], ['parallel', 'key-parallel', 'at once'], ['priority', 'key-priority', 'priority'], ['weight', 'key-weight', 'weight']];

function row({ id, name }, refresh) {
  const title = el('b', { class: 'name' }, name);
  const prefix = el('code');
  const scopes = el('span', { class: 'chips' });
  const facts = el('span', { class: 'soft' });
  const rotate = el('button', { type: 'button', class: 'act', click: () => rotateIt() }, 'Rotate');
  const revoke = el('button', { type: 'button', class: 'act danger', click: () => revokeIt() }, 'Revoke');
  const node = el('div', { class: 'card row key', 'data-key': name }, el('div', {}, el('span', { class: 'titled' }, title, prefix), scopes, facts), el('div', { class: 'acts' }, rotate, revoke));
  const rotateIt = async () => {
    if (!(await ask(`Rotate “${name}”?`, 'It gets a new secret; the old one opens nothing from then on.', 'Rotate'))) return;
    await attempt(rotate, async () => showSecret(`The new key of ${name}`, (await send('POST', `keys/${segment(id)}/rotate`, {})).key));
    refresh();
  };
  const revokeIt = async () => {
    if (!(await ask(`Revoke “${name}”?`, 'Whoever uses it is refused from now on. This cannot be undone.', 'Revoke'))) return;
    await attempt(revoke, () => send('DELETE', `keys/${segment(id)}`), `${name} is revoked.`);
    refresh();
  };
  let drawn = '';
  const show = (key) => {
    say(prefix, key.prefix ? `${key.prefix}…` : '');
    say(facts, told(key));
    const text = (key.scopes ?? []).join();
    if (text !== drawn) scopes.replaceChildren(...(key.scopes ?? []).map((scope) => el('span', { class: scope === 'admin' ? 'chip strong' : 'chip' }, SCOPES[scope] ?? scope)));
    drawn = text;
  };
  return { node, show };
}

function told(key) {
  const models = key.models?.length && key.models.join() !== '*' ? `models ${key.models.join(', ')}` : 'all models';
  const limits = LIMITS.filter(([field]) => key[field] && !(field === 'weight' && key.weight === 1)).map(([field, , words]) => (words.startsWith('pri') || words === 'weight' ? `${words} ${key[field]}` : `${key[field]} ${words}`));
  const left = until(key.expires_at);
  return [models, ...limits, left ? (left === 'going' ? 'has ended' : `ends in ${left}`) : '', key.last_used_at ? `used ${ago(key.last_used_at)}` : 'never used'].filter(Boolean).join(' · ');
}

/** Asks and shows. */
export async function showKeys(refresh) {
  try {
    const { keys = [] } = await api('keys');
    keyed(byId('key-list'), keys, ({ id }) => id, (key) => row(key, refresh), 'There is no key yet. While the server listens on this machine only, none is needed.');
    byId('new-key').hidden = false;
  } catch (error) {
    byId('key-list').replaceChildren(error.missing ? notInstalled('Keys') : el('p', { class: 'none' }, error.message));
    throw error;
  }
}

function wanted() {
  const body = { name: byId('key-name').value.trim(), scopes: Object.keys(SCOPES).filter((scope) => byId(`scope-${scope}`).checked) };
  const models = byId('key-models').value.split(',').map((name) => name.trim()).filter(Boolean);
  if (models.length) body.models = models;
  for (const [field, id] of LIMITS) if (byId(id).value) body[field] = Number(byId(id).value);
  if (byId('key-expires').value) body.expires_at = new Date(`${byId('key-expires').value}T23:59:59`).toISOString();
  return body;
}

/** The form of new keys. */
export function listenToKeys(refresh) {
  for (const [scope, words] of Object.entries(SCOPES)) {
    byId('key-scopes').append(el('label', { class: 'choice' }, el('input', { type: 'checkbox', id: `scope-${scope}`, checked: scope === 'infer' || scope === 'models.read' }), words));
  }
  const open = form('key-dialog', 'key-form', 'key-error', async () => {
    const made = await send('POST', 'keys', wanted());
    byId('key-dialog').close();
    showSecret(`The key of ${made.name}`, made.key);
    refresh();
  });
  byId('new-key').addEventListener('click', open);
}
