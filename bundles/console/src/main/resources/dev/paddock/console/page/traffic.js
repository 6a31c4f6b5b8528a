// What runs now: figures, charts, requests; all of `GET /api/activity`.

import { api, send } from './api.js';
import { chart } from './charts.js';
import { ask, attempt, notInstalled } from './dialogs.js';
import { byId, say } from './dom.js';
import { number, span } from './figures.js';
import { showRequests } from './requests.js';

const RECENT = 3;
let draining = false;

/** Asks and shows. */
export async function showTraffic() {
  let activity;
  try {
    activity = await api('activity');
  } catch (error) {
    if (!error.missing) return offline(error);
    if (!byId('traffic').classList.contains('absent')) {
      byId('traffic').classList.add('absent');
      byId('traffic').replaceChildren(notInstalled('Live figures'));
      byId('requests').replaceChildren(notInstalled('The list of requests'));
      state('Ready', 'good');
    }
    throw error;
  }
  figures(activity);
  charts(activity.series ?? {});
  showRequests(activity);
  draining = Boolean(activity.draining);
  state(draining ? 'Draining' : 'Ready', draining ? 'warn' : 'good');
  say(byId('uptime'), `up ${span((activity.uptime_seconds ?? 0) * 1000)}`);
  byId('drain').hidden = false;
  say(byId('drain'), draining ? 'Take new requests again' : 'Drain');
}

/** The state of the server, beside the parts of the console. */
export function state(words, how) {
  say(byId('state-words'), words);
  byId('state').dataset.how = how;
}

function offline(error) {
  state(error.status ? error.message.slice(0, 80) : 'No answer', 'bad');
  throw error;
}

function figures({ running = [], queued = [], running_count: runs = running.length, queued_count: waits = queued.length, series = {} }) {
  const tokens = (series.tokens ?? []).slice(-RECENT - 1, -1);
  const seconds = (tokens.length * (series.interval_ms ?? 1000)) / 1000;
  const first = (series.ttft_ms ?? []).findLast((value) => value !== null);
  say(byId('fig-tokens'), seconds ? number(tokens.reduce((sum, n) => sum + n, 0) / seconds) : '0');
  say(byId('fig-ttft'), first === undefined ? '–' : span(first));
  say(byId('fig-running'), String(runs));
  say(byId('fig-waiting'), String(waits));
}

function charts({ tokens = [], ttft_ms: ttft = [], interval_ms: interval = 1000 }) {
  const perSecond = tokens.map((n) => (n * 1000) / interval);
  const read = (id) => (words) => say(byId(id), words);
  chart(byId('chart-tokens'), { values: perSecond, interval, label: 'Tokens per second', words: (n) => `${number(n)}/s`, least: 10, read: read('read-tokens') });
  chart(byId('chart-ttft'), { values: ttft, interval, label: 'Time to the first token', words: span, least: 100, dots: true, read: read('read-ttft') });
}

/** The button that keeps new requests out. */
export function listenToDrain(refresh) {
  byId('drain').addEventListener('click', async () => {
    const words = 'Requests that run go on to their end; new ones are refused until you take it back.';
    if (!draining && !(await ask('Drain the server?', words, 'Drain'))) return;
    await attempt(byId('drain'), () => send('POST', 'drain', { drain: !draining }));
    refresh();
  });
}
