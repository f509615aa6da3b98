// What a page does in Chromium when it is opened: file names come on standard input, a line each;
// each request, console message, shift of the layout and sideways overflow goes out as one line:
// file, kind, what, parted by tabs. A line "file TAB done" closes each file. Arguments: the browser,
// then the widths in px; every page is opened anew at each of them.
'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

const [browserPath, ...widths] = process.argv.slice(2);
const flat = (text) => String(text).replace(/\s+/g, ' ').trim().slice(0, 200);

function measure() {
  const shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: 'layout-shift', buffered: true });
  const wait = (ready) => setTimeout(ready, 300);
  return document.fonts.ready.then(() => new Promise(wait)).then(() => ({
    shift: shifts.reduce((sum, value) => sum + value, 0),
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    faces: [...document.fonts].filter((face) => face.status === 'error').map((face) => face.family),
  }));
}

async function observe(browser, name, width) {
  const context = await browser.newContext({ viewport: { width: Number(width), height: 900 } });
  const page = await context.newPage();
  const say = (kind, what) => console.log([name, kind, `${width} px: ${flat(what)}`].join('\t'));
  const home = pathToFileURL(path.resolve(name)).href;
  page.on('console', (message) => say('console', message.text()));
  page.on('pageerror', (error) => say('error', error.message));
  page.on('request', (request) => {
    const address = request.url();
    if (address !== home && !address.startsWith('data:')) say('request', address);
  });
  await page.goto(home, { waitUntil: 'load' });
  const { shift, overflow, faces } = await page.evaluate(measure);
  if (shift) say('shift', shift);
  if (overflow > 0) say('overflow', overflow);
  for (const face of faces) say('face', face);
  await context.close();
}

(async () => {
  const names = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-quic', '--disable-component-update', '--disable-background-networking'],
  });
  for (const name of names) {
    for (const width of widths) await observe(browser, name, width);
    console.log(`${name}\tdone`);
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
