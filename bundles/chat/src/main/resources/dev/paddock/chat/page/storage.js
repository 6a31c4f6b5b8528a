// What the browser keeps: settings, conversations, the key. All of it is bounded, and read as if a stranger had written it.

const SETTINGS = 'paddock.settings';
const CONVERSATIONS = 'paddock.conversations';
const KEY = 'paddock.key';
const MOST_CONVERSATIONS = 100;
/** Characters of all conversations; browsers give about 5 million. */
const MOST_CHARACTERS = 2_000_000;

export const DEFAULTS = Object.freeze({
  model: '', system: '', temperature: '', num_ctx: '', num_predict: '', think: '', tools: '', theme: 'auto',
});

/** Reads; a browser that forbids storage throws for its mere name. */
function read(store, key) {
  try {
    return JSON.parse(window[store].getItem(key));
  } catch {
    return null;
  }
}

/** Writes, an empty text by removing it; false when the browser has no room or forbids it. */
function write(store, key, value) {
  try {
    if (value === '') window[store].removeItem(key);
    else window[store].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** The settings; what is missing or of a wrong type is as in the beginning. */
export function readSettings() {
  const stored = read('localStorage', SETTINGS) ?? {};
  const known = Object.keys(DEFAULTS).filter((name) => typeof stored[name] === 'string');
  return { ...DEFAULTS, ...Object.fromEntries(known.map((name) => [name, stored[name]])) };
}

/** The tools as a list; null when the text is none. */
export function toolsOf(text) {
  try {
    const tools = JSON.parse(text.trim() || '[]');
    return Array.isArray(tools) ? tools : null;
  } catch {
    return null;
  }
}

export const writeSettings = (settings) => write('localStorage', SETTINGS, settings);

/** The API key; empty when there is none. */
export function readKey() {
  const key = read('sessionStorage', KEY) ?? read('localStorage', KEY);
  return typeof key === 'string' ? key : '';
}

/** Keeps the key for this tab, or on this device; an empty one forgets it. */
export function writeKey(key, remember) {
  const device = write('localStorage', KEY, remember ? key : '');
  const tab = write('sessionStorage', KEY, remember ? '' : key);
  return remember ? device : tab;
}

/** Tells when another tab of this browser has changed the conversations. */
export function onOtherTab(changed) {
  window.addEventListener('storage', (event) => {
    if (event.key === CONVERSATIONS) changed();
  });
}

/** The conversations, newest first. */
export function readConversations() {
  const stored = read('localStorage', CONVERSATIONS);
  return Array.isArray(stored) ? stored.filter(isConversation).slice(0, MOST_CONVERSATIONS) : [];
}

function isConversation(stored) {
  return typeof stored?.id === 'string' && typeof stored.title === 'string' && Array.isArray(stored.messages)
    && stored.messages.every((message) => typeof message?.role === 'string' && typeof message.content === 'string');
}

/**
 * Keeps the conversations, newest first.
 * @returns what had to go for that: `dropped` titles, and whether it was `kept` at all
 */
export function writeConversations(conversations) {
  const dropped = [];
  const size = () => conversations.reduce((sum, one) => sum + weigh(one), 0);
  const tooMuch = () => conversations.length > MOST_CONVERSATIONS || size() > MOST_CHARACTERS;
  while (conversations.length > 1 && tooMuch()) dropped.push(conversations.pop().title);
  let kept = write('localStorage', CONVERSATIONS, conversations);
  while (!kept && conversations.length > 1) {
    dropped.push(conversations.pop().title);
    kept = write('localStorage', CONVERSATIONS, conversations);
  }
  return { dropped, kept };
}

const weigh = (conversation) => JSON.stringify(conversation).length;

/** A new, empty conversation. */
export function newConversation() {
  return { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, title: '', at: Date.now(), messages: [] };
}
