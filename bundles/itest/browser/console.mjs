// One case of the console's page: node console.mjs ADDRESS CASE SCREENSHOTS PASSWORD [FILE]. The last line says how it went.

import { SAMPLE } from './activity.mjs';
import { audit, fits, holds, openPage, PHONE, run } from './browser.mjs';

const [address, name, screenshots, password, file] = process.argv.slice(2);
const LOOKS = { 'desktop-light': {}, 'desktop-dark': { colorScheme: 'dark' }, phone: PHONE };

const open = (view, options = {}) =>
  openPage(address, {
    path: `/system/console/paddock#${view}`,
    httpCredentials: { username: 'admin', password },
    ready: (page) => page.waitForSelector(`#view-${view}:not([hidden])`),
    reducedMotion: 'reduce',
    ...options,
  });

/** Answers for a route of the API, whatever the server would say. */
const fake = (page, path, body) => page.route(`**/api/${path}`, (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify(body) }));

const cases = {
  async models() {
    const { page, close } = await open('overview');
    const row = page.locator('[data-model^="slow"]');
    await row.waitFor();
    await page.evaluate(() => {
      window.seen = new Set();
      const look = () => document.querySelectorAll('[data-model^="slow"] .badge').forEach((badge) => window.seen.add(badge.textContent));
      new MutationObserver(look).observe(document.getElementById('models'), { subtree: true, childList: true, characterData: true });
    });
    await row.getByRole('button', { name: 'Load', exact: true }).click();
    await row.getByText('in memory', { exact: true }).waitFor();
    const seen = await page.evaluate(() => [...window.seen]);
    holds(seen.some((words) => /planning|loading|waiting/.test(words)), `the model was not seen on its way: ${seen}`);
    await page.screenshot({ path: `${screenshots}/console-model.png` });
    await row.getByRole('button', { name: 'Unload' }).click();
    await row.getByRole('button', { name: 'Load', exact: true }).waitFor();
    await close();
    return seen;
  },

  async backends() {
    const { page, close } = await open('backends');
    await page.waitForSelector('[data-backend^="cpu@"]');
    holds((await page.locator('[data-backend^="vulkan@"]').count()) === 0, 'it is there already');
    await page.setInputFiles('#bundle', file);
    const tile = page.locator('[data-backend^="vulkan@"]');
    await tile.locator('.badge', { hasText: /usable|refused/ }).waitFor({ timeout: 90_000 });
    const state = await tile.locator('.badge').innerText();
    await page.waitForSelector('.notice');
    await page.screenshot({ path: `${screenshots}/console-installed.png` });
    await tile.getByRole('button', { name: 'Pin' }).click();
    await tile.locator('.badge', { hasText: 'pinned' }).waitFor();
    await tile.getByRole('button', { name: 'Unpin' }).click();
    await tile.locator('.badge', { hasText: /^(usable|refused)$/ }).waitFor();
    await tile.getByRole('button', { name: 'Remove' }).click();
    await page.click('#ask-yes');
    await tile.waitFor({ state: 'detached' });
    await close();
    return state;
  },

  /** What is no bundle is refused in the server's words. */
  async wrongBundle() {
    const { page, close } = await open('backends', { allowed: ['400'] });
    await page.setInputFiles('#bundle', { name: 'no.jar', mimeType: 'application/java-archive', buffer: Buffer.from('no jar') });
    await page.waitForSelector('.notice.bad');
    const words = await page.innerText('.notice.bad span');
    await close();
    return words;
  },

  async keys() {
    const { page, close } = await open('keys');
    await page.click('#new-key');
    await page.fill('#key-name', 'ci-server');
    await page.fill('#key-models', 'starter*');
    await audit(page, 'new key');
    await page.screenshot({ path: `${screenshots}/console-new-key.png` });
    await page.click('#key-form .primary');
    await page.waitForSelector('#secret[open]');
    const secret = await page.innerText('#secret-text');
    holds(secret.startsWith('pk-'), 'the key is not shown');
    await page.screenshot({ path: `${screenshots}/console-secret.png` });
    await page.click('#secret .primary');
    // It goes when the dialog says that it was closed, a moment later.
    await page.waitForFunction((text) => !document.documentElement.outerHTML.includes(text), secret);
    const row = page.locator('[data-key="ci-server"]');
    await row.getByText('models starter*').waitFor();
    await row.getByRole('button', { name: 'Rotate' }).click();
    await page.click('#ask-yes');
    await page.waitForFunction((old) => !['', old].includes(document.getElementById('secret-text').textContent), secret);
    const rotated = await page.innerText('#secret-text');
    await page.click('#secret .primary');
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.click('#ask-yes');
    await row.waitFor({ state: 'detached' });
    await close();
    return [secret, rotated];
  },

  async settings() {
    const { page, close } = await open('settings', { allowed: ['400'] });
    await page.fill('#find-setting', 'keep.alive');
    const row = page.locator('[data-setting="dev.paddock.scheduler keep.alive"]');
    const before = await row.locator('.value').innerText();
    const set = async (text) => {
      await row.getByRole('button', { name: 'Edit' }).click();
      await row.locator('input').fill(text);
      await page.keyboard.press('Enter');
    };
    await set('no duration');
    await page.waitForSelector('.notice.bad');
    await page.keyboard.press('Escape');
    await row.getByRole('button', { name: 'Cancel' }).click();
    holds((await row.locator('.value').innerText()) === before, 'a value that cannot be was taken');
    await set('17m');
    await row.locator('.value', { hasText: '17m' }).waitFor();
    await audit(page, 'a changed setting');
    await page.screenshot({ path: `${screenshots}/console-setting.png` });
    await page.click('#history summary');
    await page.getByRole('button', { name: 'Revert dev.paddock.scheduler keep.alive' }).first().click();
    await row.locator('.value', { hasText: before }).waitFor();
    await close();
    return before;
  },

  /** A chosen password opens the console at once, and the one before no longer does. */
  async password() {
    const { page, close } = await open('overview', { allowed: ['400'] });
    await page.click('#open-password');
    await page.fill('#password', 'a longer one 17');
    await audit(page, 'password');
    await page.click('#password-form .primary');
    await page.getByText('The console has a new password.').waitFor();
    const status = (shown) => page.evaluate((login) => fetch('paddock', { headers: { Authorization: login } }).then((answer) => answer.status), `Basic ${btoa(`admin:${shown}`)}`);
    holds((await status('a longer one 17')) === 200, 'the new password does not open the console');
    await close();
    return 'changed';
  },

  async drain() {
    const { page, close } = await open('overview');
    await page.click('#drain:not([hidden])');
    await page.click('#ask-yes');
    await page.getByText('Draining').waitFor();
    await page.getByRole('button', { name: 'Take new requests again' }).click();
    await page.getByText('Ready', { exact: true }).waitFor();
    await close();
    return 'taken back';
  },

  /** Parts that are not there are said to be so, and disturb nothing. */
  async absent() {
    const { page, close } = await open('overview', { allowed: ['404'] });
    for (const path of ['activity', 'keys', 'config*', 'config/**', 'explain*']) await page.route(`**/api/${path}`, (route) => route.fulfill({ status: 404, body: '404 page not found' }));
    await page.reload();
    await page.waitForSelector('[data-model^="starter"]');
    const said = [await page.innerText('#traffic')];
    for (const view of ['keys', 'settings', 'decisions']) {
      await page.click(`[data-view="${view}"]`);
      await page.waitForSelector(`#view-${view} .none`);
      said.push(await page.innerText(`#view-${view} .none`));
    }
    holds(said.every((words) => words.includes('not installed')), said.join('; '));
    await close();
    return said;
  },

  /** What strangers wrote, names of models and texts of decisions among it, is text. */
  async hostile() {
    const { page, close } = await open('decisions');
    const bad = '<img src=x onerror="window.hit=1">';
    await fake(page, 'explain*', { decisions: [{ at: new Date().toISOString(), kind: bad, model: bad, request: bad, text: bad, numbers: { [bad]: bad } }] });
    await fake(page, 'tags', { models: [{ name: bad, details: { parameter_size: bad } }] });
    await page.reload();
    await page.waitForSelector('.decision');
    await page.click('[data-view="overview"]');
    await page.waitForSelector(`.model`);
    holds((await page.locator('main img').count()) === 0 && !(await page.evaluate(() => window.hit)), 'a text made elements');
    await close();
    return 'text';
  },

  /** The other pages of the console go on working under their policy. */
  async others() {
    const { page, close } = await open('overview');
    await page.click('text=OSGi console');
    await page.waitForSelector('#plugin_table tbody tr:nth-child(20)');
    await page.click('#plugin_table th.col_Name');
    await page.waitForSelector('th.headerSortUp, th.headerSortDown');
    await page.screenshot({ path: `${screenshots}/console-bundles.png` });
    const text = await page.innerText('#navmenu');
    for (const other of ['components', 'configMgr', 'services', 'status-Bundles', 'licenses', 'vmstat']) {
      await page.goto(`${address}/system/console/${other}`);
      await page.waitForSelector('#content, .ui-widget');
      await page.waitForLoadState('networkidle');
    }
    await close();
    return text;
  },

  async looks() {
    for (const [look, options] of Object.entries(LOOKS)) {
      const { page, close } = await open('overview', { viewport: { width: 1280, height: 1000 }, ...options });
      await fake(page, 'activity', SAMPLE.activity());
      await fake(page, 'ps', SAMPLE.ps);
      await fake(page, 'tags', SAMPLE.tags);
      await fake(page, 'backends', SAMPLE.backends);
      await fake(page, 'keys', SAMPLE.keys);
      await fake(page, 'config', SAMPLE.config);
      await fake(page, 'config/history', SAMPLE.history);
      await page.reload();
      for (const [view, waited] of Object.entries({ overview: '.chart svg', backends: '.tile', keys: '.key', settings: '.group', decisions: '.decision, .none' })) {
        await page.click(`[data-view="${view}"]`);
        await page.waitForSelector(`#view-${view} :is(${waited})`);
        if (view === 'overview') await page.waitForSelector('.model + .model');
        if (view === 'settings') for (const group of ['#history', '#setting-list .group']) await page.click(`${group} summary`);
        await audit(page, `${look}, ${view}`);
        await fits(page, `${look}, ${view}`);
        await page.screenshot({ path: `${screenshots}/console-${look}-${view}.png`, fullPage: look === 'phone' });
      }
      await close();
    }
    return 'looked at';
  },
};

await run(cases, name);
