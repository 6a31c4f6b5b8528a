// Backends: seen, installed, pinned, removed.

import { api, segment, send } from './api.js';
import { ask, attempt, notice } from './dialogs.js';
import { byId, el, keyed, say } from './dom.js';
import { bytes } from './figures.js';

const HOW = { usable: 'good', probing: 'warn', refused: 'bad' };
const KINDS = { cpu: 'processors', gpu: 'GPU', integrated: 'GPU, shares the machine’s memory', accelerator: 'accelerator' };

function tile(backend, refresh) {
  const { id, version } = backend;
  const badge = el('span', { class: 'badge' });
  const about = el('div', { class: 'about' });
  const pin = el('button', { type: 'button', class: 'act', click: () => pinIt() });
  const remove = el('button', { type: 'button', class: 'act danger', click: () => removeIt() }, 'Remove');
  const node = el('article', { class: 'card tile', 'data-backend': `${id}@${version}` },
    el('header', {}, el('div', {}, el('h2', {}, id), el('span', { class: 'soft' }, version)), badge), about, el('div', { class: 'acts' }, pin, remove));
  let shown = backend;
  let drawn = '';
  const pinIt = async () => {
    await attempt(pin, () => (shown.pinned ? send('DELETE', `backends/${segment(id)}/pin`) : send('PUT', `backends/${segment(id)}/pin`, { version })));
    refresh();
  };
  const removeIt = async () => {
    const words = `Models that it computes move to what is left. Its bundle ${shown.bundle} is deleted.`;
    if (!(await ask(`Remove ${id} ${version}?`, words, 'Remove'))) return;
    await attempt(remove, () => send('DELETE', `backends/${segment(`${id}@${version}`)}`), `${id} ${version} is removed.`);
    refresh();
  };
  const show = (now) => {
    shown = now;
    say(badge, now.pinned ? `${now.state}, pinned` : now.state);
    badge.dataset.how = HOW[now.state] ?? '';
    say(pin, now.pinned ? 'Unpin' : 'Pin');
    pin.title = now.pinned ? 'Use the newest version again' : 'Use this version though there may be a newer one';
    remove.hidden = !now.bundle;
    const text = JSON.stringify([now.devices, now.refusal]);
    if (text !== drawn) about.replaceChildren(...told(now));
    drawn = text;
  };
  return { node, show };
}

function told({ devices = [], refusal, state }) {
  if (refusal) return [el('p', { class: 'why' }, el('b', {}, refusal.reason.replaceAll('_', ' ')), el('span', { class: 'soft' }, refusal.detail)), el('p', { class: 'remedy' }, refusal.remedy)];
  if (state === 'probing') return [el('p', { class: 'soft' }, 'It is being tried out.')];
  return devices.map((device) => el('p', { class: 'why' }, el('b', {}, device.description || device.name),
    el('span', { class: 'soft' }, [KINDS[device.kind], device.total ? bytes(device.total) : '', device.driver].filter(Boolean).join(' · '))));
}

/** Shows those of `GET /api/backends`. */
export function showBackends({ backends = [] }, refresh) {
  keyed(byId('backend-list'), backends, ({ id, version }) => `${id}@${version}`, (backend) => tile(backend, refresh), 'No backend is installed: no model can be computed.');
}

async function install(file, refresh) {
  const progress = byId('installing');
  progress.hidden = false;
  byId('install').classList.add('busy');
  const put = async () => {
    const { id, version, state, refusal } = await api('backends', { method: 'POST', body: file, headers: { 'Content-Type': 'application/java-archive' } });
    notice(`${id} ${version} is installed and ${state}${refusal ? `: ${refusal.remedy}` : '.'}`, Boolean(refusal));
  };
  await attempt(byId('bundle'), put);
  progress.hidden = true;
  byId('install').classList.remove('busy');
  byId('bundle').value = '';
  refresh();
}

/** The place where bundles are dropped. */
export function listenToInstall(refresh) {
  const drop = byId('install');
  const take = ([file]) => file && install(file, refresh);
  byId('bundle').addEventListener('change', (event) => take(event.target.files));
  for (const name of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle('over', name === 'dragover');
      if (name === 'drop') take(event.dataTransfer.files);
    });
  }
}
