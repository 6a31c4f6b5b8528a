// One case of the chat page: node chat.mjs ADDRESS CASE SCREENSHOTS. The last line is {"done": ...} or {"error": ...}.

import { readFile } from 'node:fs/promises';
import { answered, audit, fits, holds, openPage, PHONE, run, say, script, told } from './browser.mjs';
import { HOSTILE, PROSE } from './texts.mjs';

const [address, name, screenshots] = process.argv.slice(2);
const THOUGHT = { message: { role: 'assistant', content: '', thinking: 'They ask how a **dialect** is replaced.' }, done: false };

const starter = { 'paddock.settings': { model: 'starter:latest', temperature: '0' } };
const text = (page, selector) => page.locator(selector).last().innerText();

const cases = {
  async streams() {
    const { page, close } = await openPage(address, { storage: starter });
    await say(page, 'Who are you?');
    await answered(page);
    const answer = await text(page, '.answer .content');
    const figures = await text(page, '.answer .figures');
    holds(/tokens\/s/.test(figures) && /in the prompt/.test(figures), `figures: ${figures}`);
    holds((await text(page, '.conversation .open')) === 'Who are you?', 'the conversation is not listed');
    await script(page, THOUGHT, ...told('First.'));
    await say(page, 'And?');
    await answered(page);
    await page.click('.answer:last-child .thought summary');
    await script(page, ...told('Second.'));
    await say(page, 'And then?');
    await answered(page);
    holds((await page.locator('.thought[open]').count()) === 1, 'an unfolded thought was folded by the next answer');
    await page.reload();
    await page.click('.conversation .open');
    holds((await page.locator('.answer .content').first().innerText()) === answer, 'the conversation was not kept');
    await close();
    return answer;
  },

  async thought() {
    const storage = { 'paddock.settings': { ...starter['paddock.settings'], think: 'on' } };
    const { page, close } = await openPage(address, { storage });
    await page.waitForFunction(() => performance.getEntriesByName(new URL('api/show', location.href).href).length > 0);
    await say(page, 'What is 17 + 25?');
    await answered(page);
    holds(!(await page.locator('.thought-body').isVisible()), 'the thought is not folded');
    await page.locator('.thought summary').focus();
    await page.keyboard.press('Enter');
    const thought = await text(page, '.thought-body');
    holds(thought.trim(), 'the thought is empty');
    const answer = await text(page, '.answer .content');
    await close();
    return { thought, answer };
  },

  async stop() {
    const storage = { 'paddock.settings': { model: 'slow:latest', temperature: '0', num_predict: '4000' } };
    const { page, close } = await openPage(address, { storage });
    await say(page, 'Go on for ever.');
    const longer = (than) => page.waitForFunction((length) => document.querySelector('.answer .content')?.textContent.length > length, than, { timeout: 60000 });
    await longer(5);
    // It is still being answered, and what is shown grows: it is shown bit by bit.
    await longer(await page.evaluate(() => document.querySelector('.answer .content').textContent.length));
    await page.keyboard.press('Escape');
    await answered(page);
    holds((await text(page, '.answer')).includes('You stopped this answer.'), 'the page does not say that it was stopped');
    await close();
    return 'stopped';
  },

  async hostile() {
    const { page, close } = await openPage(address, { storage: starter });
    const thinking = '<img src=x onerror="window.hit=12">';
    await script(page, ...told(HOSTILE, { thinking, tool_calls: [{ function: { name: '<img src=x onerror=window.hit=13>', arguments: { a: '<script>window.hit=14</script>' } } }] }));
    await say(page, '<img src=x onerror="window.hit=15">');
    await answered(page);
    await page.click('.thought summary');
    await page.waitForTimeout(300);
    holds(!(await page.evaluate(() => window.hit)), `the model's text ran as script ${await page.evaluate(() => window.hit)}`);
    holds((await page.locator('.message :is(img, script, iframe, style, svg[onload], b)').count()) === 0, 'the model made elements of HTML');
    const links = await page.locator('.message a').evaluateAll((all) => all.map((a) => `${a.protocol}//${a.host} ${a.rel} ${a.getAttributeNames()}`));
    holds(links.every((link) => link.startsWith('https://') && link.endsWith('noopener noreferrer nofollow href,target,rel')), links.join('; '));
    holds((await text(page, '.answer .content')).includes('<img src=x onerror="window.hit=1">'), 'the text is not shown as it is');
    holds((await text(page, '.answer .content')).includes('javascript:window.hit=4'), 'a link to a script is not shown as text');
    await close();
    return links;
  },

  async heavy() {
    const { page, close } = await openPage(address, { storage: starter });
    const slow = await page.evaluate(async () => {
      const { show } = await import(new URL('chat/markdown.js', location.href).href);
      const many = (text, times) => text.repeat(times).slice(0, 200_000);
      const texts = [
        ...['*', '_', '`', '[', '<', '~', '|', '>', '#', 'h', '- ', '> ', '*a ', '_a_', '[a](', '![', '**a', '`a``', 'http://', '\\', '1. a\n', ' - a\n', '\n'].map((text) => many(text, 200_000)),
        `# ${many(' ', 190_000)}x`, `\`\`\`${many('a', 190_000)}\``, `${many('[', 190_000)}](http://a)`, `${many('<', 190_000)}>`, `- ${many(' -', 190_000)}x`,
        Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}- a`).join('\n'), `|a|\n${many('|-', 190_000)}`, many('| a | b |\n| - | - |\n', 9000),
      ];
      const slow = [];
      for (const text of texts) {
        const begin = performance.now();
        show(document.createElement('div'), text);
        const millis = performance.now() - begin;
        if (millis > 3000) slow.push(`${Math.round(millis)} ms for ${JSON.stringify(text.slice(0, 12))}`);
      }
      return slow;
    });
    holds(!slow.length, slow.join('; '));
    await close();
    return 'in time';
  },

  async keyboard() {
    const { page, close } = await openPage(address, { storage: starter });
    await script(page, ...told('One.'));
    await page.keyboard.type('first');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('line');
    await page.keyboard.press('Enter');
    await answered(page);
    holds((await text(page, '.user .bubble')) === 'first\nline', 'Shift+Enter is no new line');
    await page.keyboard.press('ArrowUp');
    holds((await page.inputValue('#input')) === 'first\nline', 'the last message cannot be edited');
    await page.fill('#input', 'second');
    await page.keyboard.press('Enter');
    await answered(page);
    holds((await page.locator('.message').count()) === 2, 'an edited message does not replace what came after it');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('start');
    await page.waitForSelector('.option');
    holds(await page.evaluate(() => document.activeElement.id === 'find'), 'the picker has no focus');
    await page.keyboard.press('Enter');
    holds(!(await page.locator('#picker').isVisible()), 'a model cannot be chosen by the keyboard');
    await page.click('[aria-label="Answer again"]');
    await answered(page);
    holds((await page.locator('.message').count()) === 2, 'answering again adds to the conversation');
    await close();
    return 'by keyboard';
  },

  /** The server asks for a key, as a proxy before it would. */
  async locked() {
    const { page, close } = await openPage(address, { storage: starter, allowed: ['401'] });
    const sent = [];
    await page.route('**/api/chat', async (route) => {
      const key = route.request().headers().authorization;
      sent.push(key);
      if (key === 'Bearer right') await route.fallback();
      else await route.fulfill({ status: 401, contentType: 'application/json', body: '{"error":"a key is needed"}' });
    });
    await say(page, 'Hello!');
    for (const key of ['wrong', 'right']) {
      await page.waitForSelector('#key[open]');
      const words = await text(page, '#key-words');
      holds(words.includes('a key is needed'), words);
      await page.fill('#key-input', key);
      await page.keyboard.press('Enter');
    }
    await page.waitForSelector('.answer .figures');
    await answered(page);
    holds(sent.join() === ',Bearer wrong,Bearer right', sent.join());
    const kept = await page.evaluate(() => [sessionStorage.getItem('paddock.key'), localStorage.getItem('paddock.key')]);
    holds(kept[0] === '"right"' && kept[1] === null, `the key is kept as ${kept}`);
    await close();
    return 'unlocked';
  },

  async conversations() {
    const { page, close } = await openPage(address, { storage: starter, acceptDownloads: true });
    const bodies = [];
    page.on('request', (request) => request.url().endsWith('/api/chat') && bodies.push(request.postDataJSON()));
    await page.click('#open-settings');
    await page.fill('#system', 'Be brief.');
    await page.fill('#temperature', '0.5');
    await page.fill('#num_predict', '8');
    await page.click('text=Dark');
    await page.click('#settings .primary');
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    holds(background === 'rgb(26, 27, 25)', `the dark page is ${background}`);
    await script(page, ...told('One.'));
    await say(page, 'first');
    await answered(page);
    holds(bodies[0].messages[0].role === 'system' && bodies[0].messages[0].content === 'Be brief.', 'the system prompt is not sent');
    holds(JSON.stringify(bodies[0].options) === '{"temperature":0.5,"num_predict":8}', JSON.stringify(bodies[0].options));
    await page.click('#new');
    await say(page, 'second');
    await answered(page);
    await page.hover('.conversation >> nth=1');
    await page.click('[aria-label="Rename first"]');
    await page.fill('#ask-input', 'The <b>first</b>');
    await page.keyboard.press('Enter');
    await page.click('.conversation >> nth=1');
    holds((await text(page, '.user .bubble')) === 'first', 'an earlier conversation does not open');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')]);
    const exported = JSON.parse(await readFile(await download.path(), 'utf8'));
    holds(exported.title === 'The <b>first</b>' && exported.messages[1].content === 'One.', JSON.stringify(exported));
    await page.hover('.conversation >> nth=1');
    await page.click('[aria-label^="Delete The"]');
    await page.click('#ask-yes');
    await page.waitForFunction(() => document.querySelectorAll('.conversation').length === 1);
    await page.reload();
    holds((await page.locator('.conversation').allInnerTexts()).join() === 'second', 'a deleted conversation came back');
    holds((await page.evaluate(() => document.documentElement.dataset.theme)) === 'dark', 'the theme was not kept');
    await close();
    return 'kept and gone';
  },

  async tools() {
    const tools = JSON.stringify([{ type: 'function', function: { name: 'add', description: 'Adds', parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } } } }]);
    const { page, close } = await openPage(address, { storage: { 'paddock.settings': { ...starter['paddock.settings'], tools } } });
    const bodies = [];
    page.on('request', (request) => request.url().endsWith('/api/chat') && bodies.push(request.postDataJSON()));
    await script(page, ...told('', { tool_calls: [{ function: { name: 'add', arguments: { a: 17, b: 25 } } }] }));
    await page.waitForLoadState('networkidle');
    await say(page, 'What is 17 + 25?');
    await answered(page);
    holds((await text(page, '.call')).includes('add') && (await text(page, '.call')).includes('17'), 'the call is not shown');
    await audit(page, 'a call');
    await page.screenshot({ path: `${screenshots}/call.png` });
    await script(page, ...told('It is 42.'));
    await page.fill('.result-form textarea', '42');
    await page.click('.result-form button');
    await page.waitForFunction(() => document.querySelectorAll('.answer').length === 2);
    await answered(page);
    const told2 = bodies.at(-1).messages;
    holds(bodies[0].tools?.[0].function.name === 'add', 'the tools are not sent');
    holds(told2.at(-1).role === 'tool' && told2.at(-1).content === '42' && told2.at(-1).tool_name === 'add', JSON.stringify(told2));
    holds(told2.at(-2).tool_calls[0].function.arguments.a === 17, 'the call is not sent back');
    await close();
    return 'called';
  },

  async failures() {
    const { page, close } = await openPage(address, { storage: starter, allowed: ['503', '404'] });
    await page.route('**/api/chat', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '7' }, contentType: 'application/json', body: '{"error":"the queue is full"}' }));
    await say(page, 'Hello');
    await answered(page);
    holds((await text(page, '.answer .wrong')) === 'the queue is full (try again in 7 s)', await text(page, '.answer'));
    await script(page, { message: { role: 'assistant', content: 'Half a sen' }, done: false }, { error: 'the runner ended' });
    await say(page, 'And now?');
    await answered(page);
    holds((await text(page, '.answer .content')) === 'Half a sen' && (await text(page, '.answer .wrong')) === 'the runner ended', 'a cut answer');
    await script(page, { message: { role: 'assistant', content: 'No end' }, done: false });
    await say(page, 'Again');
    await answered(page);
    holds((await text(page, '.answer .wrong')).includes('before the answer was complete'), 'an answer without its end passes for a whole one');
    await audit(page, 'failures');
    await page.screenshot({ path: `${screenshots}/failures.png` });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('no-such-model');
    await page.route('**/api/pull', (route) => route.fulfill({ contentType: 'application/x-ndjson', body: '{"status":"pulling manifest"}\n{"error":"file does not exist"}\n' }));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#pull-error:not([hidden])');
    await page.screenshot({ path: `${screenshots}/pull-failed.png` });
    holds((await text(page, '#pull-error')) === 'file does not exist', 'why a pull failed is not said');
    await close();
    return 'told';
  },

  async pulls() {
    const { page, close } = await openPage(address, { storage: starter });
    let end;
    const answer = async (route, ...lines) => {
      await new Promise((resolve) => (end = resolve));
      await route.fulfill({ contentType: 'application/x-ndjson', body: lines.map((line) => JSON.stringify(line) + '\n').join('') });
    };
    const pull = async (...lines) => {
      await page.unroute('**/api/pull');
      await page.route('**/api/pull', (route) => answer(route, ...lines));
      await page.keyboard.press('Control+k');
      await page.keyboard.type('some-model');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#pull:not([hidden])');
    };
    const layer = { status: 'pulling 3f2a', total: 2e9, completed: 5e8 };
    await pull(layer, { status: 'success' });
    await page.screenshot({ path: `${screenshots}/pull.png` });
    await page.keyboard.press('Escape');
    holds((await text(page, '#pulling')) === 'Pulling some-model', 'a pull is not seen when the dialog is closed');
    end();
    await page.waitForSelector('#notices p');
    holds((await text(page, '#notices p')) === 'some-model is installed.', await text(page, '#notices'));
    await pull(layer, { error: 'the disk is full' });
    await page.keyboard.press('Escape');
    end();
    await page.waitForFunction(() => document.querySelectorAll('#notices p').length === 2);
    holds((await text(page, '#notices p')) === 'Pulling some-model: the disk is full', await text(page, '#notices'));
    await pull(layer);
    await page.click('#pull-stop');
    await page.waitForSelector('#pull-error:not([hidden])');
    holds((await text(page, '#pull-error')).startsWith('Stopped'), 'a stopped pull does not say so');
    holds(!(await page.locator('#pulling').isVisible()), 'a stopped pull goes on');
    await close();
    return 'pulled';
  },

  async looks() {
    const titles = ['Names for a small horse', 'Sums with carry', 'What a prefix cache is'];
    const conversations = titles.map((title, i) => ({ id: `${i}`, title, at: 1, messages: [{ role: 'user', content: title }] }));
    for (const [look, options] of Object.entries({ 'desktop-light': {}, 'desktop-dark': { colorScheme: 'dark' }, phone: PHONE })) {
      const { page, close } = await openPage(address, { ...options, reducedMotion: 'reduce', storage: { ...starter, 'paddock.conversations': conversations } });
      const shot = (part) => page.screenshot({ path: `${screenshots}/${look}-${part}.png` });
      await audit(page, `${look}, empty`);
      await shot('welcome');
      await script(page, THOUGHT, ...told(PROSE));
      await say(page, 'How do I replace a dialect while answers are streaming?');
      await answered(page);
      await audit(page, `${look}, answer`);
      await shot('answer');
      await fits(page, look);
      if (look === 'phone') {
        await page.click('#menu');
        await audit(page, `${look}, drawer`);
        await shot('drawer');
      }
      await page.click('#open-settings');
      holds(!(await page.evaluate(() => document.body.classList.contains('drawer'))), 'the drawer stays open behind the settings');
      await page.waitForFunction(() => document.getElementById('version').textContent);
      await audit(page, `${look}, settings`);
      await shot('settings');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.waitForSelector('.option');
      await audit(page, `${look}, picker`);
      await shot('picker');
      await close();
    }
    return 'looked at';
  },
};

await run(cases, name);
