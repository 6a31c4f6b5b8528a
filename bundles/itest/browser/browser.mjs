// Starts Debian's Chromium on a page of the server and watches what it must not do.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** A small phone. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Opens the page; `close` fails when the page logged an error or asked another host for something. */
export async function openPage(address, options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.PADDOCK_TEST_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const { storage = {}, allowed = [], path = '', ready = chatReady, ...context } = options;
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 820 }, locale: 'en-GB', ...context })).newPage();
  const complaints = [];
  page.on('console', (message) => {
    const words = message.text();
    if (message.type() === 'error' && !allowed.some((part) => words.includes(part))) complaints.push(`console: ${words}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('blob:') && !url.startsWith('data:')) complaints.push(`request: ${url}`);
  });
  await page.addInitScript((items) => {
    for (const [key, value] of Object.entries(items)) if (!localStorage.getItem(key)) localStorage.setItem(key, JSON.stringify(value));
  }, storage);
  await page.goto(address + path);
  await ready(page);
  const close = async () => {
    await browser.close();
    if (complaints.length) throw new Error(complaints.join('\n'));
  };
  return { page, close };
}

const chatReady = (page) => page.waitForFunction(() => document.getElementById('model-name').textContent !== 'Choose a model').catch(() => {});

/** Serious findings of axe-core in what is on the page now. It is put in by the browser, past the page's policy. */
export async function audit(page, where) {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
  holds(!serious.length, `${where}: ${serious.map((one) => `${one.id} at ${one.nodes.map((node) => node.target).join(', ')}`).join('; ')}`);
}

/** Fails when the page is wider than the screen. */
export async function fits(page, where) {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  const screen = page.viewportSize().width;
  holds(width <= screen, `${where}: the page is ${width} wide, the screen ${screen}`);
}

/** Runs the case that the command line names: the last line is {"done": ...} or {"error": ...}. */
export async function run(cases, name) {
  try {
    console.log(JSON.stringify({ done: await cases[name]() }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
    process.exitCode = 1;
  }
  // A case that failed may have left its browser.
  process.exit();
}

/** Writes a message and sends it by the keyboard. */
export async function say(page, text) {
  await page.fill('#input', text);
  await page.press('#input', 'Enter');
}

/** Waits until no answer is running. */
export async function answered(page) {
  await page.waitForSelector('#stop', { state: 'hidden' });
  await page.waitForSelector('.answer:last-child:not(.running)');
}

/** From now on the server's answers are these lines. */
export async function script(page, ...pieces) {
  const lines = pieces.map((piece) => JSON.stringify(piece)).join('\n') + '\n';
  await page.unroute('**/api/chat').catch(() => {});
  await page.route('**/api/chat', (route) => route.fulfill({ status: 200, contentType: 'application/x-ndjson', body: lines }));
}

/** A whole answer of one text, as the server ends it. */
export const told = (content, more = {}) => [
  { message: { role: 'assistant', content, ...more }, done: false },
  { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', prompt_eval_count: 812, cached_tokens: 768, eval_count: 214, eval_duration: 4.1e9 },
];

/** Fails unless it holds. */
export function holds(condition, words) {
  if (!condition) throw new Error(words);
}
