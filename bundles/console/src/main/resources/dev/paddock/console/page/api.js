// The server's API. The page is a client like every other; its bearer comes from the console, which knows who looks at it.

const API = new URL('../../api/', document.baseURI);
const HERE = new URL('paddock/', document.baseURI);

/** A failure in the server's own words. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }

  /** Whether this part of the server is not there. */
  get missing() {
    return this.status === 404;
  }
}

let bearer = null;

/** Asks the console itself for something; gives the text. */
export async function askConsole(path, body) {
  const response = await reach(new URL(path, HERE), { method: 'POST', body, cache: 'no-store' });
  const text = await response.text();
  if (response.ok) return text;
  throw new ApiError(response.status === 401 ? 'Log in again: reload the page.' : text.trim(), response.status);
}

async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new ApiError('The server does not answer. Is it running?', 0);
  }
}

/** Sends a request and reads the answer's JSON; a bearer that counts no more is replaced once. */
export async function api(path, options = {}) {
  for (const again of [true, false]) {
    const renewed = !bearer;
    bearer ??= askConsole('ticket').catch((error) => {
      bearer = null;
      throw error;
    });
    const headers = { ...options.headers, Authorization: `Bearer ${await bearer}` };
    const response = await reach(new URL(path, API), { ...options, headers, cache: 'no-store' });
    if (response.ok) return read(response);
    if (again && !renewed && (response.status === 401 || response.status === 403)) bearer = null;
    else throw await failure(response);
  }
}

async function read(response) {
  const text = await response.text();
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    throw new ApiError('The server sent what is no JSON.', response.status);
  }
}

async function failure(response) {
  const text = (await response.text().catch(() => '')).slice(0, 4000);
  let words = text.trim();
  try {
    const { error } = JSON.parse(text);
    words = typeof error === 'string' ? error : (error?.message ?? words);
  } catch {
    // Plain text, as of the edge or a proxy.
  }
  return new ApiError(words || `the server answered ${response.status}`, response.status);
}

/** A request with a JSON body. */
export const send = (method, path, body) =>
  api(path, { method, body: body === undefined ? undefined : JSON.stringify(body), headers: body === undefined ? {} : { 'Content-Type': 'application/json' } });

/** One segment of a path. */
export const segment = (text) => encodeURIComponent(text);

const PATIENCE_MS = 15_000;

/**
 * Asks again and again while the page is looked at and `wanted` says so; one question at a time. A part that is not
 * installed is asked for seldom, a server that does not answer less and less often.
 *
 * @param task asks and shows; may give the milliseconds until the next time
 * @returns asks now
 */
export function poll(interval, wanted, task) {
  let pause = interval;
  let timer;
  let running = null;
  const round = async () => {
    clearTimeout(timer);
    if (!document.hidden && wanted()) {
      try {
        pause = (await task()) ?? interval;
      } catch (error) {
        pause = error.missing ? 60_000 : Math.min(PATIENCE_MS, Math.max(1000, pause * 2));
      }
    }
    timer = setTimeout(now, pause);
  };
  const now = () => (running ??= round().finally(() => (running = null)));
  addEventListener('visibilitychange', () => document.hidden || now());
  return now;
}
