// The dialogs: settings, key, and small questions.

import { version } from './api.js';
import { byId, closable } from './dom.js';
import { readKey, toolsOf, writeKey } from './storage.js';

const FIELDS = ['system', 'temperature', 'num_ctx', 'num_predict', 'think', 'tools'];

export class Settings {
  /** @param saved is told the new settings */
  constructor(saved) {
    this.saved = saved;
    this.dialog = byId('settings');
    closable(this.dialog);
    byId('settings-form').addEventListener('submit', (event) => this.submit(event));
    byId('forget').addEventListener('click', () => {
      writeKey('', false);
      byId('forget').hidden = true;
    });
  }

  open(settings, capabilities) {
    if (this.dialog.open) return;
    this.settings = settings;
    for (const field of FIELDS) byId(field).value = settings[field];
    this.dialog.querySelector(`[name=theme][value=${settings.theme}]`)?.click();
    byId('think').disabled = !capabilities.includes('thinking');
    byId('think-hint').textContent = capabilities.includes('thinking') ? '' : 'This model does not think.';
    byId('tools').disabled = !capabilities.includes('tools');
    byId('forget').hidden = !readKey();
    wrong('settings-error', '');
    this.dialog.showModal();
    version()
      .then((versions) => (byId('version').textContent = `Paddock ${versions.paddock ?? versions.version}`))
      .catch(() => (byId('version').textContent = ''));
  }

  submit(event) {
    if (!toolsOf(byId('tools').value)) {
      event.preventDefault();
      wrong('settings-error', 'The tools are no JSON list. Write [{"type": "function", "function": {"name": …}}], or leave the field empty.');
      return;
    }
    const values = Object.fromEntries(FIELDS.map((field) => [field, byId(field).value]));
    this.saved({ ...this.settings, ...values, theme: this.dialog.querySelector('[name=theme]:checked')?.value ?? 'auto' });
  }
}

function wrong(id, words) {
  byId(id).textContent = words;
  byId(id).hidden = !words;
}

/** Asks for the API key with the server's words; gives whether there is a new one. */
export function askKey(words) {
  const dialog = byId('key');
  const form = byId('key-form');
  byId('key-words').textContent = readKey() ? `The key was not accepted: ${words}` : words;
  byId('key-input').value = '';
  wrong('key-error', '');
  return ended(dialog, form, () => {
    const key = byId('key-input').value.trim();
    if (!/^[\x21-\x7e]+$/.test(key)) return wrong('key-error', 'A key has letters, digits and signs only, without blanks.');
    if (!writeKey(key, byId('key-remember').checked)) return wrong('key-error', 'This browser does not let the page keep it.');
    return true;
  }).then(Boolean);
}

/** Asks for a text, or for a yes when `value` is null; gives it, or null. */
export function ask(title, value, yes) {
  byId('ask-title').textContent = title;
  byId('ask-yes').textContent = yes;
  const input = byId('ask-input');
  input.hidden = value === null;
  input.value = value ?? '';
  return ended(byId('ask'), byId('ask-form'), () => (value === null ? true : input.value.trim() || null));
}

/** Opens a dialog and waits for its end; what `result` gives at submit, if anything, is the result. */
function ended(dialog, form, result) {
  return new Promise((resolve) => {
    let given = null;
    form.onsubmit = (event) => {
      given = result() ?? null;
      if (given === null) event.preventDefault();
    };
    dialog.addEventListener('close', () => resolve(given), { once: true });
    dialog.showModal();
  });
}

/** Readies the dialogs that ask. */
export function readyQuestions() {
  closable(byId('key'));
  closable(byId('ask'));
}
