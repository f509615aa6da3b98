// axe over many pages in one browser. File names come on standard input, a line each; each broken
// rule goes out as one line: file, impact, rule, where it was seen, text, parted by tabs. A line
// "file TAB done" closes each file, so that a crash is not taken for silence. Arguments: the
// browser, then the widths in px; every page is judged at each of them in light and in dark.
'use strict';

const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const { chromium } = require('playwright-core');

const axe = fs.readFileSync(require.resolve('axe-core'), 'utf8');
const [browserPath, ...widths] = process.argv.slice(2);
const flat = (text) => String(text).replace(/\s+/g, ' ').trim();

async function judge(browser, name) {
  const seen = new Map();
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ bypassCSP: true, colorScheme, offline: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.resolve(name)).href);
    await page.addScriptTag({ content: axe });
    for (const width of widths) {
      await page.setViewportSize({ width: Number(width), height: 900 });
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      for (const { id, impact, help, nodes } of violations) {
        const target = flat(nodes[0].target.join(' '));
        const found = seen.get(id) || { impact, places: [], text: `${help}: ${target}` };
        found.places.push(`${width} px ${colorScheme}`);
        seen.set(id, found);
      }
    }
    await context.close();
  }
  for (const [id, { impact, places, text }] of seen) {
    console.log([name, impact, id, places.join(', '), flat(text)].join('\t'));
  }
  console.log(`${name}\tdone`);
}

(async () => {
  const names = fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-quic', '--disable-component-update', '--disable-background-networking'],
  });
  for (const name of names) await judge(browser, name);
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
