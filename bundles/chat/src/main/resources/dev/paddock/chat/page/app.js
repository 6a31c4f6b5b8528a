// The page as a whole: which conversation is open, what is being answered, what keys do.

import { answerInto, requestFor } from './answering.js';
import { facts, onKeyNeeded } from './api.js';
import { byId, el, icon, placeIcons } from './dom.js';
import { ask, askKey, readyQuestions, Settings } from './panels.js';
import { Picker, shortName, talks } from './picker.js';
import { Sidebar } from './sidebar.js';
import { newConversation, onOtherTab, readConversations, readSettings, writeConversations, writeSettings } from './storage.js';
import { Thread } from './thread.js';

const input = byId('input');

class Page {
  constructor() {
    this.settings = readSettings();
    this.capabilities = [];
    this.conversations = readConversations();
    this.current = newConversation();
    this.removed = new Set();
    this.editing = -1;
    this.running = null;
    this.answering = null;
    this.thread = new Thread({
      edit: (message) => this.edit(this.current.messages.indexOf(message)),
      again: () => this.again(),
      result: (_, name, content) => this.result(name, content),
      isLast: (message) => this.current.messages.at(-1) === message,
      openCall: (message) => this.openCall(message),
    });
    this.picker = new Picker((model) => this.useModel(model), (words) => this.notice(words));
    this.panel = new Settings((settings) => this.keepSettings(settings));
    this.sidebar = new Sidebar({
      open: (id) => this.open(this.conversations.find((one) => one.id === id)),
      create: () => this.open(newConversation()),
      rename: (id) => this.rename(id),
      remove: (id) => this.remove(id),
    });
  }

  async start() {
    placeIcons();
    readyQuestions();
    onKeyNeeded(askKey);
    onOtherTab(() => this.takeOver(readConversations()));
    this.listen();
    this.draw();
    this.focus();
    try {
      await this.firstModel();
    } catch (error) {
      this.notice(error.message);
    }
  }

  /** Makes ready to write; not where that would bring up a keyboard on the screen, nor behind a dialog. */
  focus() {
    if (!document.querySelector('dialog[open]') && !matchMedia('(hover: none)').matches) input.focus();
  }

  /** Another tab has written the conversations: they are the list now, the open one stays as it is here. */
  takeOver(conversations) {
    this.conversations = conversations.map((one) => (one.id === this.current.id ? this.current : one));
    this.draw();
  }

  /** The model of the last time, or one that is there. */
  async firstModel() {
    const installed = (await this.picker.load()).filter(talks);
    const names = installed.map((model) => model.name);
    if (names.includes(this.settings.model)) await this.useModel(this.settings.model);
    else if (names.length) await this.useModel(names[0]);
    else byId('welcome-words').textContent = 'No model is installed yet. Press Ctrl+K and name one to pull it.';
  }

  async useModel(model) {
    this.keepSettings({ ...this.settings, model });
    byId('model-name').textContent = shortName(model);
    this.capabilities = [];
    this.focus();
    try {
      const shown = (await facts(model)).capabilities ?? [];
      if (this.settings.model === model) this.capabilities = shown;
    } catch (error) {
      this.notice(error.message);
    }
  }

  keepSettings(settings) {
    this.settings = settings;
    if (settings.theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = settings.theme;
    if (!writeSettings(settings)) this.notice('This browser does not keep the settings; they hold until the page is closed.');
  }

  listen() {
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    input.addEventListener('keydown', (event) => this.inputKey(event));
    input.addEventListener('input', () => this.fit());
    document.addEventListener('keydown', (event) => this.key(event));
    byId('stop').addEventListener('click', () => this.stop());
    byId('model').addEventListener('click', () => this.picker.open(this.settings.model));
    byId('open-settings').addEventListener('click', () => this.sidebar.then(() => this.panel.open(this.settings, this.capabilities)));
    byId('export').addEventListener('click', () => this.export());
    byId('cancel-edit').addEventListener('click', () => this.edit(-1));
  }

  inputKey(event) {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'ArrowUp' && !input.value && !this.running) {
      const last = this.current.messages.findLastIndex((message) => message.role === 'user');
      if (last < 0) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  key(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      if (!document.querySelector('dialog[open]')) this.picker.open(this.settings.model);
    } else if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
      if (this.running) this.stop();
      else if (this.editing >= 0) this.edit(-1);
      else if (this.sidebar.isOpen()) this.sidebar.toggle(false);
    }
  }

  /** Takes a message back into the field; -1 = none. */
  edit(index) {
    if (this.running) return;
    this.editing = index;
    byId('editing').hidden = index < 0;
    input.value = index < 0 ? '' : this.current.messages[index].content;
    this.fit();
    input.focus();
  }

  fit() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
  }

  async send() {
    const content = input.value.trim();
    if (!content || this.running) return;
    if (!this.settings.model) {
      this.picker.open('');
      return;
    }
    if (this.editing >= 0) this.current.messages.length = this.editing;
    this.edit(-1);
    this.current.messages.push({ role: 'user', content });
    this.current.title ||= content.replace(/\s+/g, ' ').slice(0, 60);
    await this.answer();
  }

  /** Answers what the conversation ends with. */
  async answer() {
    const conversation = this.current;
    const message = { role: 'assistant', content: '', model: shortName(this.settings.model) };
    const body = requestFor(this.settings.model, conversation.messages, this.settings, this.capabilities);
    conversation.messages.push(message);
    this.running = new AbortController();
    this.answering = conversation;
    this.keep(conversation);
    this.thread.follow();
    this.draw();
    await answerInto(message, body, this.running.signal, () => this.thread.grow(message));
    this.running = null;
    this.keep(conversation);
    this.draw();
    this.focus();
  }

  stop() {
    this.running?.abort();
  }

  again() {
    const last = this.current.messages.findLastIndex((message) => message.role !== 'assistant');
    if (this.running || last < 0 || !this.settings.model) return;
    this.current.messages.length = last + 1;
    this.answer();
  }

  /** What a tool gave; when all calls have their results the model goes on. */
  result(tool_name, content) {
    if (this.running) return;
    const calling = this.current.messages.findLast((message) => message.role === 'assistant');
    this.current.messages.push({ role: 'tool', tool_name, content });
    if (!this.openCall(calling)) this.answer();
    else {
      this.keep(this.current);
      this.draw();
    }
  }

  /** The first call of the last answer that has no result yet. */
  openCall(message) {
    const last = this.current.messages.findLastIndex((one) => one.role === 'assistant');
    if (last < 0 || this.current.messages[last] !== message) return undefined;
    return message.tool_calls?.[this.current.messages.length - 1 - last];
  }

  open(conversation) {
    if (!conversation) return;
    this.stop();
    this.current = conversation;
    this.editing = -1;
    this.thread.follow();
    this.edit(-1);
    this.draw();
  }

  draw() {
    const { messages, id } = this.current;
    const running = Boolean(this.running) && this.answering === this.current;
    byId('welcome').hidden = messages.length > 0;
    this.thread.show(messages, running);
    byId('send').hidden = running;
    byId('stop').hidden = !running;
    this.sidebar.show(this.conversations, id);
    document.title = this.current.title ? `${this.current.title} – Paddock` : 'Paddock';
  }

  keep(conversation) {
    if (this.removed.has(conversation.id)) return;
    conversation.at = Date.now();
    this.conversations = [conversation, ...this.conversations.filter((one) => one !== conversation)];
    this.store();
  }

  store() {
    const { dropped, kept } = writeConversations(this.conversations);
    for (const title of dropped) this.notice(`“${title}” was the oldest conversation and made room for new ones. Export what you want to keep.`);
    if (!kept) this.notice('This browser has no room for the conversation; it holds until the page is closed.');
  }

  async rename(id) {
    const one = this.conversations.find((conversation) => conversation.id === id);
    const title = await ask('Rename the conversation', one.title, 'Rename');
    if (!title) return;
    one.title = title;
    this.store();
    this.draw();
  }

  async remove(id) {
    const one = this.conversations.find((conversation) => conversation.id === id);
    if (!(await ask(`Delete “${one.title}”?`, null, 'Delete'))) return;
    this.removed.add(id);
    this.conversations = this.conversations.filter((conversation) => conversation !== one);
    this.store();
    if (this.current === one) this.open(newConversation());
    else this.draw();
  }

  export() {
    if (!this.current.messages.length) {
      this.notice('There is nothing to export yet.');
      return;
    }
    const text = JSON.stringify({ format: 'paddock-conversation', version: 1, ...this.current }, null, 2);
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const name = (this.current.title || 'conversation').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40);
    el('a', { href: address, download: `${name}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  notice(words) {
    const close = el('button', { type: 'button', class: 'tool', 'aria-label': 'Dismiss', click: () => note.remove() }, icon('x'));
    const note = el('p', {}, el('span', {}, words), close);
    byId('notices').append(note);
    while (byId('notices').children.length > 3) byId('notices').firstElementChild.remove();
  }
}

new Page().start();
