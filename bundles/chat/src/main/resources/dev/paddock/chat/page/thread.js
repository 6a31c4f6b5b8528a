// The messages of the open conversation on the page, and the scrolling that follows an answer.

import { byId } from './dom.js';
import { messageView } from './view.js';

/** Nearer than this to the end, in pixels, the page follows the answer. */
const NEAR = 80;

export class Thread {
  /** @param actions as views want them, each told of which message: edit, again, result, isLast, openCall */
  constructor(actions) {
    this.actions = actions;
    this.made = new WeakMap();
    this.node = byId('thread');
    this.scroll = byId('scroll');
    this.follow();
    byId('latest').addEventListener('click', () => this.toEnd());
    this.scroll.addEventListener('scroll', () => {
      this.follows = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR;
      byId('latest').hidden = this.follows;
    }, { passive: true });
  }

  /** From now on the page stays at the end, until somebody scrolls. */
  follow() {
    this.follows = true;
  }

  /** Shows these messages; the last one is being written when `running`. */
  show(messages, running) {
    this.messages = messages;
    const views = messages.map((message) => this.viewOf(message));
    views.forEach((view, i) => view.update(running && i === messages.length - 1));
    this.node.setAttribute('aria-busy', String(running));
    this.place(views.map((view) => view.node));
    if (this.follows) this.toEnd();
  }

  /** Draws a message that grows with the next frame; its pieces may come faster. */
  grow(message) {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (this.messages.at(-1) !== message || this.node.getAttribute('aria-busy') !== 'true') return;
      this.viewOf(message).update(true);
      if (this.follows) this.toEnd();
    });
  }

  /** One view for the life of a message, so that what is unfolded or selected stays so. */
  viewOf(message) {
    if (!this.made.has(message)) {
      const bound = Object.entries(this.actions).map(([name, act]) => [name, (...given) => act(message, ...given)]);
      this.made.set(message, messageView(message, Object.fromEntries(bound)));
    }
    return this.made.get(message);
  }

  /** Brings the page to these nodes; those that stay where they are are not touched. */
  place(nodes) {
    nodes.forEach((node, i) => {
      if (this.node.children[i] !== node) this.node.insertBefore(node, this.node.children[i] ?? null);
    });
    while (this.node.children.length > nodes.length) this.node.lastElementChild.remove();
  }

  toEnd() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    byId('latest').hidden = true;
  }
}
