// Markdown as models write it, to elements. Blocks whose source has not changed are kept while an answer streams.

import { copyButton, el } from './dom.js';
import { inline } from './inline.js';

const DEEPEST = 8;
/** Characters that are laid out; what is longer goes on as plain text. */
const LONGEST = 200_000;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`\s]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(.*)$/;
const DELIMITERS = /^\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?\s*)?$/;

const sources = new WeakMap();

/** Shows a text in an element, anew only from the first block that differs. */
export function show(target, text) {
  const blocks = split(text.slice(0, LONGEST).split(/\r?\n/));
  if (text.length > LONGEST) blocks.push({ kind: 'plain', source: text.slice(LONGEST) });
  blocks.forEach((block, i) => {
    const there = target.children[i];
    const source = block.kind + block.source;
    if (there && sources.get(there) === source) return;
    const node = render(block, 0);
    sources.set(node, source);
    if (there) there.replaceWith(node);
    else target.append(node);
  });
  while (target.children.length > blocks.length) target.lastElementChild.remove();
}

/** Cuts lines into blocks; each holds its own lines, and its source for comparison. */
function split(lines) {
  const blocks = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at++;
      continue;
    }
    const begin = at;
    const block = fence(lines, at) ?? line(lines[at]) ?? quote(lines, at) ?? list(lines, at) ?? table(lines, at)
      ?? paragraph(lines, at);
    at += block.taken;
    block.source = lines.slice(begin, at).join('\n');
    blocks.push(block);
  }
  return blocks;
}

function fence(lines, at) {
  const open = fenceOf(lines[at]);
  if (!open) return null;
  let end = at + 1;
  const closes = (text) => text.trim().startsWith(open[1]) && !text.trim().replaceAll(open[1][0], '');
  while (end < lines.length && !closes(lines[end])) end++;
  return { kind: 'code', language: open[2].slice(0, 40), lines: lines.slice(at + 1, end), taken: Math.min(end + 1, lines.length) - at };
}

/** The beginning of a code block; backticks that go on in the same line are code within a sentence. */
function fenceOf(text) {
  const open = FENCE.exec(text);
  return open && !text.slice(open[0].length).includes('`') ? open : null;
}

function line(text) {
  if (RULE.test(text)) return { kind: 'rule', taken: 1 };
  const heading = HEADING.exec(text);
  return heading && { kind: 'heading', level: heading[1].length, text: withoutMarks(heading[2]), taken: 1 };
}

/** A heading's text without the number signs that may close it. */
function withoutMarks(text) {
  const trimmed = text.trimEnd();
  let end = trimmed.length;
  while (end > 0 && trimmed[end - 1] === '#') end--;
  return end === 0 || trimmed[end - 1] === ' ' ? trimmed.slice(0, end).trimEnd() : trimmed;
}

function quote(lines, at) {
  if (!QUOTE.test(lines[at])) return null;
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end])) end++;
  return { kind: 'quote', lines: lines.slice(at, end).map((text) => QUOTE.exec(text)[1]), taken: end - at };
}

function list(lines, at) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const ordered = /\d/.test(first[2]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    const next = item && item[1].length <= first[1].length + 1;
    if (next && /\d/.test(item[2]) === ordered && !RULE.test(lines[end])) items.push([item[4]]);
    else if (next || !belongs(lines, end, first[1].length)) break;
    else items.at(-1).push(dedent(lines[end], first[1].length + first[2].length + 1));
    end++;
  }
  while (end > at + 1 && !lines[end - 1].trim()) end--;
  return { kind: 'list', ordered, start: ordered ? parseInt(first[2], 10) : 1, items, taken: end - at };
}

/** Whether a line goes on with the item before it: indented, or the rest of its sentence, or a blank before such. */
function belongs(lines, at, indent) {
  const text = lines[at];
  if (!text.trim()) {
    const next = lines.slice(at + 1, at + 3).find((later) => later.trim());
    return next !== undefined && (indentOf(next) > indent || ITEM.test(next));
  }
  return indentOf(text) > indent || (Boolean(lines[at - 1].trim()) && !startsBlock(text));
}

const indentOf = (text) => text.length - text.trimStart().length;
const dedent = (text, most) => text.slice(Math.min(most, indentOf(text)));
const startsBlock = (text) => fenceOf(text) !== null || HEADING.test(text) || QUOTE.test(text) || RULE.test(text);

function table(lines, at) {
  if (!lines[at].includes('|') || !DELIMITERS.test(lines[at + 1] ?? '')) return null;
  let end = at + 2;
  while (end < lines.length && lines[end].includes('|')) end++;
  const sides = cells(lines[at + 1]).map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left'));
  return { kind: 'table', head: cells(lines[at]), sides, rows: lines.slice(at + 2, end).map(cells), taken: end - at };
}

function cells(text) {
  const bare = text.trim().replace(/^\||(?<!\\)\|$/g, '');
  return bare.split(/(?<!\\)\|/).slice(0, 50).map((cell) => cell.trim());
}

function paragraph(lines, at) {
  let end = at + 1;
  while (end < lines.length && lines[end].trim() && !startsBlock(lines[end]) && !ITEM.test(lines[end])) {
    if (table(lines, end)) break;
    end++;
  }
  return { kind: 'paragraph', text: lines.slice(at, end).map((text) => text.trim()).join('\n'), taken: end - at };
}

function render(block, depth) {
  switch (block.kind) {
    case 'code': return codeBlock(block);
    case 'rule': return el('hr');
    case 'plain': return el('p', { class: 'plain' }, block.source);
    // The page has headings of its own above these.
    case 'heading': return inline(el(`h${Math.min(6, block.level + 2)}`), block.text);
    case 'quote': return nested(el('blockquote'), block.lines, depth);
    case 'list': return listElement(block, depth);
    case 'table': return tableElement(block);
    default: return inline(el('p'), block.text);
  }
}

function nested(target, lines, depth) {
  if (depth >= DEEPEST) target.append(lines.join('\n'));
  else target.append(...split(lines).map((block) => render(block, depth + 1)));
  return target;
}

function listElement(block, depth) {
  const node = el(block.ordered ? 'ol' : 'ul', block.ordered && block.start !== 1 ? { start: block.start } : {});
  for (const lines of block.items) {
    const item = nested(el('li'), lines, depth);
    if (item.firstElementChild?.tagName === 'P') item.firstElementChild.replaceWith(...item.firstElementChild.childNodes);
    node.append(item);
  }
  return node;
}

function tableElement(block) {
  const row = (tag, texts) => el('tr', {}, ...texts.map((text, i) => inline(el(tag, { class: block.sides[i] ?? 'left' }), text)));
  const head = el('thead', {}, row('th', block.head));
  const body = el('tbody', {}, ...block.rows.map((texts) => row('td', texts)));
  return el('div', { class: 'table', tabindex: '0', role: 'group', 'aria-label': 'Table' }, el('table', {}, head, body));
}

function codeBlock(block) {
  const text = block.lines.join('\n');
  const head = el('div', { class: 'code-head' }, el('span', {}, block.language || 'text'), copyButton(() => text, 'Copy the code'));
  const body = el('pre', { tabindex: '0', role: 'group', 'aria-label': 'Code' }, el('code', {}, text));
  return el('div', { class: 'code-block' }, head, body);
}
