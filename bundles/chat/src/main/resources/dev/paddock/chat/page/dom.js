// Elements are made here and nowhere from text: nothing in this page sets innerHTML.

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  chevron: 'm7 10 5 5 5-5',
  up: 'M12 19V5m-6 6 6-6 6 6',
  down: 'M12 5v14m-6-6 6 6 6-6',
  square: 'M8 8h8v8H8z',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5 12 4 4',
  x: 'm6 6 12 12M18 6 6 18',
  sliders: 'M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  check: 'm5 12 5 5 9-10',
  again: 'M19 12a7 7 0 1 1-2-5m2-3v4h-4',
  pen: 'm5 19 1-4L16 5l3 3L9 18zM14 7l3 3',
  bin: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  wrench: 'M14 6a4 4 0 0 0-5 5l-5 5 3 3 5-5a4 4 0 0 0 5-5l-3 2-2-2z',
};

/** An icon of the page; hidden from screen readers, so its button needs a name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('glyph');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

/** Makes an element: attributes as they are called in HTML, functions as listeners, children as nodes or plain text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** The element of this id. */
export const byId = (id) => document.getElementById(id);

/** Replaces each placeholder of the page by its icon. */
export function placeIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) place.replaceWith(icon(place.dataset.icon));
}

/** A button that copies what `text` gives and says so for a moment. */
export function copyButton(text, label) {
  const button = el('button', { type: 'button', class: 'tool', 'aria-label': label, title: label }, icon('copy'));
  button.addEventListener('click', async () => {
    const copied = await copy(text());
    button.replaceChildren(icon(copied ? 'check' : 'x'));
    button.title = copied ? 'Copied' : 'The browser does not allow copying';
    setTimeout(() => {
      button.replaceChildren(icon('copy'));
      button.title = label;
    }, 1500);
  });
  return button;
}

/** Pages of plain HTTP that are not of this machine have no clipboard API; the older way works there. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el('textarea', { class: 'hidden', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

/** Closes a dialog by its buttons, and by a click beside it. */
export function closable(dialog) {
  for (const button of dialog.querySelectorAll('[data-close]')) button.addEventListener('click', () => dialog.close());
  dialog.addEventListener('mousedown', (event) => {
    if (event.target === dialog) dialog.close();
  });
}
