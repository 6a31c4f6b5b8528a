// Models: installed, on their way into memory, in memory, in quarantine.

import { api, poll, send } from './api.js';
import { attempt } from './dialogs.js';
import { button, byId, el, keyed, say } from './dom.js';
import { bytes, count, until } from './figures.js';

const SCHEDULER = 'dev.paddock.scheduler';
const WHILE_LOADING_MS = 300;
let installed = [];
/** Names that the setting `pinned` holds; null while settings cannot be changed. */
let pinned = null;

const plain = (name) => name.replace(/:latest$/, '');

/** One entry for each name, whatever is known of it. */
function merged({ models = [], loading = [], quarantined = [] }) {
  const all = new Map(installed.map((model) => [model.name, { ...model }]));
  const at = (name) => all.get(name) ?? all.set(name, { name }).get(name);
  for (const each of models) at(each.name).loaded = each;
  for (const each of loading) at(each.name).arriving = each;
  for (const each of quarantined) at(each.model).held = each;
  const rank = (model) => (model.arriving ? 0 : model.loaded ? 1 : model.held ? 2 : 3);
  return [...all.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

function about({ details = {}, size, loaded }) {
  const facts = [details.parameter_size, details.quantization_level, size ? bytes(size) : ''];
  if (!loaded) return facts.filter(Boolean).join(' · ');
  const { paddock = {} } = loaded;
  const layers = paddock.placement?.layers;
  return [
    ...facts.slice(0, 2),
    `${bytes(loaded.size)} in memory`,
    loaded.size_vram ? `${layers > 0 ? `${count(layers, 'layer')} on ` : ''}${paddock.placement?.backend ?? 'GPU'}` : (paddock.placement?.backend ?? ''),
    `window ${loaded.context_length}`,
    paddock.running ? `${paddock.running} running` : `stays ${until(loaded.expires_at)}`,
  ].filter(Boolean).join(' · ');
}

function state({ arriving, loaded, held }) {
  if (arriving) return { planning: ['planning', 'warn'], waiting: ['waiting for memory', 'warn'] }[arriving.phase] ?? [`loading ${Math.round(arriving.progress * 100)} %`, 'warn'];
  if (held) return ['in quarantine', 'bad'];
  if (!loaded) return ['', ''];
  return loaded.paddock?.running ? ['answering', 'good'] : ['in memory', 'good'];
}

function row({ name }, refresh) {
  const title = el('b', { class: 'name' }, plain(name));
  const badge = el('span', { class: 'badge' });
  const facts = el('span', { class: 'soft' });
  const bar = el('progress', { max: 1, 'aria-label': `Loading ${name}` });
  const load = el('button', { type: 'button', class: 'act', click: () => loadIt() }, 'Load');
  const unload = el('button', { type: 'button', class: 'act', click: () => unloadIt() }, 'Unload');
  const release = el('button', { type: 'button', class: 'act', click: () => releaseIt() }, 'Release');
  const pin = button(`Pin ${name}`, 'pin', () => pinIt());
  const node = el('div', { class: 'row model', 'data-model': name }, el('div', {}, el('span', { class: 'titled' }, title, badge), facts, bar), el('div', { class: 'acts' }, release, load, unload, pin));
  const generate = (more) => send('POST', 'generate', { model: name, stream: false, ...more });
  const loadIt = async () => {
    setTimeout(refresh, 100);
    await attempt(load, () => generate({}));
    refresh();
  };
  const unloadIt = async () => {
    await attempt(unload, () => generate({ keep_alive: 0 }));
    refresh();
  };
  const releaseIt = async () => {
    await attempt(release, () => send('POST', 'release', { model: name }), `${plain(name)} may be loaded again.`);
    refresh();
  };
  const pinIt = async () => {
    const rest = pinned.filter((each) => plain(each) !== plain(name));
    const value = rest.length < pinned.length ? rest : [...pinned, name];
    await attempt(pin, () => send('PUT', `config/${SCHEDULER}/pinned`, { value }));
    await readPins();
    refresh();
  };
  const show = (model) => {
    const [words, how] = state(model);
    say(badge, words);
    badge.dataset.how = how;
    badge.hidden = !words;
    say(facts, model.held ? model.held.reason : about(model));
    bar.hidden = !model.arriving;
    if (model.arriving) bar.value = model.arriving.progress;
    release.hidden = !model.held;
    load.hidden = Boolean(model.loaded || model.arriving || model.held);
    unload.hidden = !model.loaded;
    pin.hidden = pinned === null;
    const on = (pinned ?? []).some((each) => plain(each) === plain(name));
    pin.setAttribute('aria-pressed', on);
    pin.title = on ? 'Pinned: it stays in memory. Unpin' : 'Pin: keep it in memory';
  };
  return { node, show };
}

async function readPins() {
  try {
    const { settings = [] } = await api('config');
    pinned = settings.find(({ pid, key }) => pid === SCHEDULER && key === 'pinned')?.value ?? null;
    if (typeof pinned === 'string') pinned = pinned.split(',').map((name) => name.trim()).filter(Boolean);
  } catch {
    pinned = null; // no button, then
  }
}

/** Starts to show models while `wanted` says so. */
export function showModels(wanted) {
  const now = poll(2000, wanted, async () => {
    const loaded = await api('ps');
    keyed(byId('models'), merged(loaded), ({ name }) => name, (model) => row(model, now), 'No model is installed. The chat page or `paddock pull` brings one.');
    return loaded.loading?.length ? WHILE_LOADING_MS : undefined;
  });
  const list = poll(5000, wanted, async () => {
    installed = (await api('tags')).models ?? [];
    now();
  });
  const pins = poll(30_000, wanted, readPins);
  return () => {
    list();
    pins();
    now();
  };
}

