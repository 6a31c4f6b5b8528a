// Elements are made here and nowhere from text: nothing in this page sets innerHTML.

const SVG = 'http://www.w3.org/2000/svg';
const PATHS = {
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  chip: 'M7 7h10v10H7zM10 3v4m4-4v4m-4 10v4m4-4v4M3 10h4m-4 4h4m10-4h4m-4 4h4',
  key: 'M8 16a4 4 0 1 1 3.5-6H21v4h-3v-2m-3 2v-2m-3.5 2A4 4 0 0 1 8 16m0-4h.01',
  sliders: 'M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4',
  scroll: 'M7 4h11v13a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3h9v1a2 2 0 0 0 2 2M7 4v13M11 9h4m-4 4h4',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  box: 'm12 3 8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  lock: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3',
  moon: 'M19 14A8 8 0 0 1 10 5a7 7 0 1 0 9 9',
  down: 'M12 5v14m-6-6 6 6 6-6',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  again: 'M19 12a7 7 0 1 1-2-5m2-3v4h-4',
  bin: 'M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12',
  pen: 'm5 19 1-4L16 5l3 3L9 18zM14 7l3 3',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  check: 'm5 12 5 5 9-10',
  back: 'm9 6-6 6 6 6M3 12h11a6 6 0 0 1 6 6',
  x: 'm6 6 12 12M18 6 6 18',
};

/** An element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** An icon; hidden from screen readers, so its button needs a name. */
export function icon(name) {
  return svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true', class: 'glyph' }, svg('path', { d: PATHS[name] }));
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

/** Sets a text, if it is another one: what is selected or read out is not disturbed. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Replaces each placeholder of the page by its icon. */
export function placeIcons() {
  for (const place of document.querySelectorAll('[data-icon]')) place.replaceWith(icon(place.dataset.icon));
}

/**
 * Shows a list, one element for each item, and keeps the elements of items that stay: focus, selection and open forms in
 * them outlive the next answer of the server. `make` gives {node, show}, `show` gets the item each time.
 */
export function keyed(container, items, keyOf, make, none) {
  const known = (container.rows ??= new Map());
  const nodes = [];
  const seen = new Set();
  for (const item of items) {
    const key = keyOf(item);
    if (seen.has(key)) continue;
    seen.add(key);
    if (!known.has(key)) known.set(key, make(item));
    const row = known.get(key);
    row.show(item);
    nodes.push(row.node);
  }
  for (const key of known.keys()) if (!seen.has(key)) known.delete(key);
  if (!nodes.length && none) nodes.push((container.none ??= el('p', { class: 'none' })));
  if (container.none) say(container.none, none ?? '');
  if (nodes.length !== container.children.length || nodes.some((node, i) => container.children[i] !== node)) arrange(container, nodes);
}

/** Moves only what is elsewhere: an element that is moved loses the focus. */
function arrange(container, nodes) {
  const stays = new Set(nodes);
  for (const child of [...container.childNodes]) if (!stays.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (container.children[i] !== node) container.insertBefore(node, container.children[i] ?? null);
  });
}

/** A button with an icon and, if not only a name, a word. */
export function button(name, iconName, click, word) {
  const inside = word ? [icon(iconName), word] : [icon(iconName)];
  return el('button', { type: 'button', class: word ? 'act' : 'icon', 'aria-label': name, title: name, click }, ...inside);
}

/** A button that copies what `text` gives and says so for a moment. */
export function copyButton(text, label) {
  const made = button(label, 'copy', async () => {
    const copied = await copy(text());
    made.replaceChildren(icon(copied ? 'check' : 'x'));
    made.title = copied ? 'Copied' : 'The browser does not allow copying';
    setTimeout(() => {
      made.replaceChildren(icon('copy'));
      made.title = label;
    }, 1500);
  });
  return made;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
