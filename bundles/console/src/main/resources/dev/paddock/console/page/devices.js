// The memory of each device: whose it is, and what is left.

import { byId, el, keyed, say } from './dom.js';
import { bytes } from './figures.js';

function row({ device }) {
  const parts = ['models', 'promised', 'others'].map((part) => el('span', { class: `part ${part}` }));
  const bar = el('div', { class: 'bar', role: 'img' }, ...parts);
  const name = el('b', { class: 'name' }, device === 'host' ? 'This machine' : device);
  const about = el('span', { class: 'soft' });
  const left = el('span', { class: 'amount' });
  const legend = el('p', { class: 'legend' });
  const node = el('div', { class: 'device' }, el('div', { class: 'top' }, el('div', {}, name, about), left), bar, legend);
  const show = (memory) => {
    const { total, reserved, measured, available, used_by_others: others, description } = memory;
    say(about, device === 'host' ? '' : description);
    say(left, `${bytes(available)} to be had of ${bytes(total)}`);
    const values = [measured, Math.max(0, reserved - measured), others];
    const names = ['models', 'promised', 'others'];
    values.forEach((value, i) => (parts[i].style.width = `${total ? Math.min(100, (value / total) * 100) : 0}%`));
    const words = values.map((value, i) => [names[i], value]).filter(([, value]) => value > 0);
    keyed(legend, words, ([which]) => which, ([which]) => entry(which));
    bar.setAttribute('aria-label', `${device}: ${words.map(([which, value]) => `${which} ${bytes(value)}`).join(', ') || 'nobody has any'}`);
  };
  return { node, show };
}

const MEANING = { models: 'models', promised: 'promised to models', others: 'others' };

function entry(which) {
  const words = el('span');
  return { node: el('span', { class: 'entry' }, el('i', { class: which }), words), show: ([, value]) => say(words, `${MEANING[which]} ${bytes(value)}`) };
}

/** Shows the ledger of `GET /api/backends`. */
export const showDevices = ({ memory = [] }) => keyed(byId('devices'), memory, ({ device }) => device, row, 'No device is known yet.');
