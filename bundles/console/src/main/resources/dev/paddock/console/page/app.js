// The operator's page: which part is shown, and who asks the server for what.

import { api, askConsole, poll } from './api.js';
import { listenToInstall, showBackends } from './backends.js';
import { filterDecisions, showDecisions } from './decisions.js';
import { showDevices } from './devices.js';
import { closable, form, notice } from './dialogs.js';
import { byId, placeIcons, say } from './dom.js';
import { showHistory } from './history.js';
import { listenToKeys, showKeys } from './keys.js';
import { showModels } from './models.js';
import { filterSettings, showSettings } from './settings.js';
import { listenToDrain, showTraffic } from './traffic.js';

const VIEWS = ['overview', 'backends', 'keys', 'settings', 'decisions'];
const THEMES = ['auto', 'light', 'dark'];
const STATE_ONLY_MS = 5000;
const now = {};
let view = 'overview';
const on = (...views) => () => views.includes(view);

function follow() {
  now.traffic = poll(1000, () => true, async () => {
    await showTraffic();
    return view === 'overview' ? undefined : STATE_ONLY_MS; // each question is a line in the access log
  });
  now.models = showModels(on('overview'));
  now.backends = poll(2000, on('overview', 'backends'), async () => {
    const answer = await api('backends');
    showDevices(answer);
    showBackends(answer, now.backends);
  });
  now.keys = poll(10_000, on('keys'), () => showKeys(now.keys));
  now.settings = poll(10_000, on('settings'), async () => {
    await showSettings(now.settings);
    await showHistory(now.settings);
  });
  now.decisions = poll(2000, on('decisions'), showDecisions);
}

/** Which part answers to which question. */
const ASKS = { overview: ['traffic', 'models', 'backends'], backends: ['backends'], keys: ['keys'], settings: ['settings'], decisions: ['decisions'] };

function turnTo(name) {
  view = VIEWS.includes(name) ? name : 'overview';
  for (const each of VIEWS) byId(`view-${each}`).hidden = each !== view;
  for (const link of document.querySelectorAll('[data-view]')) {
    if (link.dataset.view === view) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'center' });
    } else link.removeAttribute('aria-current');
  }
  scrollTo(0, 0);
  document.title = `${byId(`${view}-title`).textContent} · Paddock`;
  for (const each of ASKS[view]) now[each]();
}

function stored() {
  try {
    return JSON.parse(localStorage.getItem('paddock.settings') ?? '{}');
  } catch {
    return {};
  }
}

function theme() {
  const words = { auto: 'As the system', light: 'Light', dark: 'Dark' };
  let chosen = stored().theme ?? 'auto';
  const show = () => {
    say(byId('theme-words'), words[chosen] ?? words.auto);
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  };
  byId('theme').addEventListener('click', () => {
    chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length];
    try {
      localStorage.setItem('paddock.settings', JSON.stringify({ ...stored(), theme: chosen }));
    } catch {
      // It counts until the page is closed.
    }
    show();
  });
  show();
}

function password() {
  const open = form('password-dialog', 'password-form', 'password-error', async () => {
    await askConsole('password', byId('password').value);
    notice('The console has a new password.');
  });
  byId('open-password').addEventListener('click', open);
}

placeIcons();
closable();
theme();
password();
follow();
listenToInstall(now.backends);
listenToKeys(now.keys);
listenToDrain(now.traffic);
byId('find-setting').addEventListener('input', () => filterSettings(now.settings));
byId('only-changed').addEventListener('change', () => filterSettings(now.settings));
byId('find-decision').addEventListener('input', filterDecisions);
byId('kind').addEventListener('change', filterDecisions);
addEventListener('hashchange', () => turnTo(location.hash.slice(1)));
turnTo(location.hash.slice(1));
now.traffic();
