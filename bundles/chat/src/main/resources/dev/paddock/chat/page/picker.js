// The dialog in which a model is chosen, or pulled.

import { models, pull } from './api.js';
import { byId, closable, el, icon } from './dom.js';

/** Models that are shown at once. */
const MOST = 200;

export class Picker {
  /**
   * @param chosen is told the name of a model
   * @param notice is told in words how a pull ended while the dialog is closed
   */
  constructor(chosen, notice) {
    this.chosen = chosen;
    this.notice = notice;
    this.installed = [];
    this.rows = [];
    this.current = 0;
    this.dialog = byId('picker');
    this.find = byId('find');
    closable(this.dialog);
    this.find.addEventListener('input', () => this.list());
    this.find.addEventListener('keydown', (event) => this.key(event));
    byId('pull-stop').addEventListener('click', () => this.pulling?.abort());
  }

  /** Asks what is installed. */
  async load() {
    this.installed = await models();
    return this.installed;
  }

  async open(selected) {
    if (this.dialog.open) return;
    this.selected = selected;
    this.find.value = '';
    this.wrong('');
    this.dialog.showModal();
    this.list();
    try {
      await this.load();
    } catch (error) {
      this.wrong(error.message);
    }
    this.list();
  }

  list() {
    const words = this.find.value.trim();
    const found = this.installed.filter((model) => model.name.toLowerCase().includes(words.toLowerCase()));
    const exact = this.installed.some((model) => model.name === words || model.name === `${words}:latest`);
    this.rows = found.slice(0, MOST).map((model) => ({ node: this.row(model), act: () => this.choose(model) }));
    if (words && !exact) this.rows.push({ node: pullRow(words), act: () => this.pull(words) });
    this.rows.forEach(({ node, act }, i) => {
      node.id = `model-${i}`;
      node.addEventListener('click', act);
    });
    const empty = el('p', { class: 'hint' }, 'No model is installed. Write the name of one to pull it, such as qwen3:0.6b.');
    byId('models').replaceChildren(...(this.rows.length ? this.rows.map((row) => row.node) : [empty]));
    this.mark(Math.max(0, found.findIndex((model) => model.name === this.selected)));
  }

  row(model) {
    const { details = {}, capabilities = [] } = model;
    const tags = capabilities.filter((capability) => capability !== 'completion');
    const small = [details.parameter_size, details.quantization_level, size(model.size)].filter(Boolean).join(' · ');
    const node = el('div', { role: 'option', class: 'option', 'aria-selected': 'false', 'aria-disabled': String(!talks(model)) },
      el('div', {}, el('div', { class: 'name' }, shortName(model.name)), el('div', { class: 'about' }, model.damaged ? `damaged: ${model.damaged}` : small)),
      el('div', { class: 'tags' }, ...tags.map((tag) => el('span', {}, tag))));
    if (model.name === this.selected) node.append(icon('check'));
    return node;
  }

  mark(index) {
    this.rows[this.current]?.node.setAttribute('aria-selected', 'false');
    this.current = Math.min(Math.max(index, 0), Math.max(this.rows.length - 1, 0));
    const node = this.rows[this.current]?.node;
    node?.setAttribute('aria-selected', 'true');
    node?.scrollIntoView({ block: 'nearest' });
    if (node) this.find.setAttribute('aria-activedescendant', node.id);
    else this.find.removeAttribute('aria-activedescendant');
  }

  key(event) {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.key in steps) this.mark(this.current + steps[event.key]);
    else if (event.key === 'Enter') this.rows[this.current]?.act();
    else return;
    event.preventDefault();
  }

  choose(model) {
    if (!talks(model)) {
      this.wrong(model.damaged ? `${model.name} is damaged: ${model.damaged}` : `${model.name} makes vectors; it cannot chat.`);
      return;
    }
    this.dialog.close();
    this.chosen(model.name);
  }

  async pull(name) {
    if (this.pulling) {
      this.wrong('One model is being pulled already; wait for it, or stop it.');
      return;
    }
    this.pulling = new AbortController();
    this.wrong('');
    this.progress(name, { status: 'asking for it' });
    try {
      let last = {};
      for await (const step of pull(name, this.pulling.signal)) this.progress(name, (last = step));
      if (last.status !== 'success') throw new Error('The connection ended before the model was complete; pull it again to go on.');
      await this.load();
      this.ended();
      if (this.dialog.open) this.list();
      else this.notice(`${name} is installed.`);
    } catch (error) {
      this.ended();
      const words = error.name === 'AbortError' ? 'Stopped; what has come is kept for the next pull.' : error.message;
      if (this.dialog.open) this.wrong(words);
      else this.notice(`Pulling ${name}: ${words}`);
    }
  }

  progress(name, step) {
    const bar = byId('pull-bar');
    if (step.total) bar.value = (step.completed ?? 0) / step.total;
    else bar.removeAttribute('value');
    const part = step.total ? ` ${size(step.completed ?? 0)} of ${size(step.total)}` : '';
    byId('pull').hidden = false;
    byId('pull-words').textContent = `${name}: ${step.status ?? ''}${part}`;
    byId('pulling').hidden = false;
    byId('pulling').textContent = step.total ? `Pulling ${name}, ${Math.floor(100 * bar.value)} %` : `Pulling ${name}`;
  }

  ended() {
    this.pulling = null;
    byId('pull').hidden = true;
    byId('pulling').hidden = true;
  }

  wrong(words) {
    byId('pull-error').textContent = words;
    byId('pull-error').hidden = !words;
  }
}

/** Whether one can chat with it. */
export const talks = (model) => !model.damaged && (!model.capabilities || model.capabilities.includes('completion'));

/** A name as people say it. */
export const shortName = (name) => name.replace(/:latest$/, '');

const pullRow = (name) => el('div', { role: 'option', class: 'option', 'aria-selected': 'false' }, el('div', { class: 'name' }, `Pull “${name}”`), icon('down'));

function size(bytes) {
  if (!bytes) return '0 B';
  const step = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** step).toFixed(step > 2 ? 1 : 0)} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}
