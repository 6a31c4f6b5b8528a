// The list of conversations at the side; a drawer where the page is narrow.

import { byId, el, icon } from './dom.js';

export class Sidebar {
  /** @param actions open(id), create(), rename(id), remove(id) */
  constructor(actions) {
    this.actions = actions;
    byId('new').addEventListener('click', () => this.then(() => actions.create()));
    byId('menu').addEventListener('click', () => this.toggle(!this.isOpen()));
    byId('veil').addEventListener('click', () => this.toggle(false));
  }

  isOpen() {
    return document.body.classList.contains('drawer');
  }

  toggle(open) {
    document.body.classList.toggle('drawer', open);
    byId('veil').hidden = !open;
    byId('menu').setAttribute('aria-expanded', String(open));
    if (open) byId('new').focus();
  }

  then(act) {
    this.toggle(false);
    act();
  }

  show(conversations, current) {
    byId('conversations').replaceChildren(...conversations.map((one) => this.row(one, one.id === current)));
  }

  row({ id, title }, current) {
    const open = el('button', { type: 'button', class: 'open', 'aria-current': current ? 'true' : false, click: () => this.then(() => this.actions.open(id)) }, title);
    const rename = this.small('pen', `Rename ${title}`, () => this.actions.rename(id));
    const remove = this.small('bin', `Delete ${title}`, () => this.actions.remove(id));
    return el('div', { class: 'conversation' }, open, rename, remove);
  }

  small(name, label, click) {
    return el('button', { type: 'button', class: 'tool', 'aria-label': label, title: label, click }, icon(name));
  }
}
