// DAISY Ace over many books in one process. File names come on standard input, a line each; each
// violation goes out as one line: file, impact, rule, document, text, parted by tabs. A line
// "file TAB done" closes each file, so that a crash is not taken for silence.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');

const say = console.log.bind(console);
console.log = console.error; // nothing else may write between the lines

const logger = require('@daisy/ace-logger');
const ace = require('@daisy/ace-core');
const runner = require('@daisy/ace-axe-runner-puppeteer');

const flat = (text) => String(text).replace(/\s+/g, ' ').trim();

async function judge(name) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'galley-ace-'));
  try {
    const options = { cwd: process.cwd(), outdir: path.join(folder, 'out'), tmpdir: path.join(folder, 'tmp'), silent: true, jobId: '' };
    const [, report] = await ace(path.resolve(name), options, runner);
    for (const file of report.assertions) {
      for (const one of file.assertions) {
        const test = one['earl:test'];
        const text = one['earl:result']['dct:description'] || test['dct:title'];
        say([name, test['earl:impact'], test['dct:title'], file['earl:testSubject'].url, flat(text)].join('\t'));
      }
    }
    say(`${name}\tdone`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

(async () => {
  logger.initLogger({ verbose: false, silent: true, fileName: `galley-ace-${process.pid}.log` });
  for (const name of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) await judge(name);
  process.exit(0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
