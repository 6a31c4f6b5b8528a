// Dialogs and notices.

import { byId, button, copyButton, el } from './dom.js';

const NOTICES = 4;

/** Says something above the content; failures stay until they are closed. */
export function notice(words, wrong = false) {
  const close = () => line.remove();
  const line = el('p', { class: wrong ? 'notice bad' : 'notice' }, el('span', {}, words), button('Close', 'x', close));
  const all = byId('notices');
  all.append(line);
  while (all.children.length > NOTICES) all.firstChild.remove();
  if (!wrong) setTimeout(close, 6000);
}

/** Does it and says what went wrong, if it does; gives whether it went well. The button waits meanwhile. */
export async function attempt(by, task, done) {
  if (by) by.disabled = true;
  try {
    await task();
    if (done) notice(done);
    return true;
  } catch (error) {
    notice(error.message, true);
    return false;
  } finally {
    if (by) by.disabled = false;
  }
}

/** Asks whether to go on. */
export function ask(title, words, yes) {
  byId('ask-title').textContent = title;
  byId('ask-words').textContent = words;
  byId('ask-yes').textContent = yes;
  const dialog = byId('ask');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

/** Shows a secret once; it is gone from the page with the dialog. */
export function showSecret(title, text) {
  byId('secret-title').textContent = title;
  byId('secret-text').textContent = text;
  byId('secret-copy').replaceChildren(copyButton(() => text, 'Copy the key'));
  const dialog = byId('secret');
  dialog.addEventListener('close', () => {
    byId('secret-text').textContent = '';
    byId('secret-copy').replaceChildren();
  }, { once: true });
  dialog.showModal();
}

/** Opens a form in a dialog: what `task` throws is shown in it, and it stays open. */
export function form(dialogId, formId, errorId, task) {
  const dialog = byId(dialogId);
  byId(formId).addEventListener('submit', async (event) => {
    event.preventDefault();
    const submit = event.submitter;
    if (submit) submit.disabled = true;
    try {
      await task();
      dialog.close();
    } catch (error) {
      byId(errorId).textContent = error.message;
      byId(errorId).hidden = false;
    } finally {
      if (submit) submit.disabled = false;
    }
  });
  return () => {
    byId(formId).reset();
    byId(errorId).hidden = true;
    dialog.showModal();
  };
}

/** Lets dialogs be closed by their buttons. */
export function closable() {
  for (const each of document.querySelectorAll('dialog [data-close]')) each.addEventListener('click', () => each.closest('dialog').close());
}

/** What stands where a part of the server is not there. */
export const notInstalled = (what) => el('p', { class: 'none' }, `${what}: not installed on this server.`);
