// Marks within a line of Markdown: code, emphasis, links. Model text becomes text nodes, whatever it looks like.

import { el } from './dom.js';

const DEEPEST = 8;
const ESCAPABLE = '\\`*_{}[]()#+-.!|~<>"\'';
const URL_START = /^https?:\/\/[^\s<>"'`]+/;
const WORD = /[\p{L}\p{N}]/u;

/** Where a link may lead: the web and mail. Relative ones would lead into this server, others run code. */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Writes a text with its marks into an element. */
export function inline(target, text, depth = 0) {
  const scan = new Scan(text, depth);
  while (scan.at < text.length) target.append(...scan.next());
  target.normalize();
  return target;
}

class Scan {
  constructor(text, depth) {
    this.text = text;
    this.depth = depth;
    this.at = 0;
    this.missing = new Set();
  }

  /** The next nodes; goes on by one character at least. */
  next() {
    const c = this.text[this.at];
    const made = this.depth < DEEPEST ? this.marked(c) : null;
    if (made) return [made];
    let end = this.at + 1;
    while (end < this.text.length && !'\\`*_~[!<\nh'.includes(this.text[end])) end++;
    const plain = this.text.slice(this.at, end);
    this.at = end;
    return [plain];
  }

  marked(c) {
    switch (c) {
      case '\\': return this.escape();
      case '`': return this.code();
      case '*': case '_': case '~': return this.emphasis(c);
      case '[': return this.link(this.at);
      case '!': return this.text[this.at + 1] === '[' ? this.link(this.at + 1) : null;
      case '<': return this.autolink();
      case 'h': return this.bare();
      case '\n': return this.take(this.at + 1, el('br'));
      default: return null;
    }
  }

  take(end, node) {
    this.at = end;
    return node;
  }

  /** Finds a mark; one that is missing is looked for once, so that a text of nothing but marks stays cheap. */
  find(mark, from) {
    if (this.missing.has(mark)) return -1;
    const found = this.text.indexOf(mark, from);
    if (found < 0) this.missing.add(mark);
    return found;
  }

  /** Finds a mark within so many characters, so that looking for it from everywhere stays cheap, too. */
  near(mark, from, most) {
    const found = this.text.slice(from, from + most).indexOf(mark);
    return found < 0 ? -1 : from + found;
  }

  escape() {
    const next = this.text[this.at + 1];
    if (next === '\n') return this.take(this.at + 2, el('br'));
    return next && ESCAPABLE.includes(next) ? this.take(this.at + 2, document.createTextNode(next)) : null;
  }

  code() {
    let run = 1;
    while (this.text[this.at + run] === '`') run++;
    const mark = '`'.repeat(run);
    const end = this.find(mark, this.at + run);
    if (end < 0) return this.take(this.at + run, document.createTextNode(mark));
    const inner = this.text.slice(this.at + run, end);
    const trimmed = inner.length > 2 && inner.startsWith(' ') && inner.endsWith(' ') ? inner.slice(1, -1) : inner;
    return this.take(end + run, el('code', {}, trimmed));
  }

  emphasis(c) {
    const double = this.text[this.at + 1] === c;
    if (c === '~' && !double) return null;
    const mark = double ? c + c : c;
    const begin = this.at + mark.length;
    if (/\s/.test(this.text[begin] ?? ' ')) return null;
    if (c === '_' && WORD.test(this.text[this.at - 1] ?? '')) return null;
    const end = this.closer(mark, begin);
    if (end < 0) return null;
    const tag = c === '~' ? 'del' : double ? 'strong' : 'em';
    return this.take(end + mark.length, inline(el(tag), this.text.slice(begin, end), this.depth + 1));
  }

  /** Where a mark ends: not after a blank, and a single one not at a double one. Tries a few places only. */
  closer(mark, begin) {
    let from = begin + 1;
    for (let tries = 0; tries < 20; tries++) {
      const end = this.find(mark, from);
      if (end < 0) return -1;
      const after = this.text[end + mark.length];
      const doubled = mark.length === 1 && (after === mark || this.text[end - 1] === mark);
      const inWord = mark[0] === '_' && WORD.test(after ?? '');
      if (!doubled && !inWord && !/\s/.test(this.text[end - 1])) return end;
      from = end + (doubled && after === mark ? 2 : 1);
    }
    return -1;
  }

  /** A link; an image becomes one too, since this page loads nothing from elsewhere. */
  link(open) {
    const close = this.near('](', open, 1000);
    if (close < 0) return null;
    const end = this.addressEnd(close + 2);
    if (end < 0) return null;
    const address = safeAddress(this.text.slice(close + 2, end).trim().split(/\s/)[0].replace(/^<|>$/g, ''));
    if (!address) return null;
    const words = this.text.slice(open + 1, close) || address;
    return this.take(end + 1, inline(anchor(address), words, DEEPEST - 1));
  }

  addressEnd(from) {
    let open = 0;
    for (let at = from; at < Math.min(this.text.length, from + 2000); at++) {
      const c = this.text[at];
      if (c === '\n') return -1;
      if (c === '(') open++;
      if (c === ')' && open-- === 0) return at;
    }
    return -1;
  }

  autolink() {
    const end = this.near('>', this.at, 2000);
    if (end < 0) return null;
    const written = this.text.slice(this.at + 1, end);
    const address = URL_START.test(written) ? safeAddress(written) : null;
    return address ? this.take(end + 1, wordsLink(address, written)) : null;
  }

  bare() {
    if (WORD.test(this.text[this.at - 1] ?? '') || !this.text.startsWith('http', this.at)) return null;
    const match = URL_START.exec(this.text.slice(this.at, this.at + 2000));
    if (!match) return null;
    const written = match[0].replace(/[.,;:!?)\]*_]+$/, '');
    const address = safeAddress(written);
    return address ? this.take(this.at + written.length, wordsLink(address, written)) : null;
  }
}

function anchor(address) {
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' });
}

function wordsLink(address, words) {
  const link = anchor(address);
  link.append(words);
  return link;
}
