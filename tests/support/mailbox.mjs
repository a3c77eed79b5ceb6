// A mailbox of a test's own: a sendmail that keeps what it is given, run as any sendmail is, with the message on its standard input and the recipient as its last argument.
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'supportlevel-mail-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

let boxes = 0;
/** What it was given is in `mails`, unless it was told to `refuse`. */
export function newBox() {
  const box = join(directory, String(boxes += 1));
  const program = `${box}.sendmail`;
  writeFileSync(program, `#!/bin/sh
if [ -e "${box}.refuse" ]; then echo "queue is full" >&2; exit 75; fi
file=$(mktemp "${box}.mail.XXXXXX")
for last; do :; done
{ echo "$last"; cat; } > "$file"
`);
  chmodSync(program, 0o755);
  return {
    program,
    refuse: (yes) => (yes ? writeFileSync(`${box}.refuse`, '') : rmSync(`${box}.refuse`)),
    mails: () => readdirSync(directory).filter((name) => name.startsWith(`${boxes}.mail.`) || name.startsWith(`${box.split('/').pop()}.mail.`))
      .map((name) => readMail(readFileSync(join(directory, name), 'utf8'))),
  };
}

export const decodeWord = (text) => text.replace(/=\?utf-8\?([bq])\?([^?]*)\?=(\s+(?==\?))?/gi, (_, kind, word) => (kind.toLowerCase() === 'b'
  ? Buffer.from(word, 'base64') : Buffer.from(word.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (__, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1')).toString('utf8'));
const decodeText = (text) => Buffer.from(text.replace(/=\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');

function readMail(file) {
  const [recipient, message] = file.split(/\n(.*)/s);
  const [head, body] = message.split(/\n\n(.*)/s);
  const headers = Object.fromEntries(head.replace(/\n[ \t]+/g, ' ').split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)).map(([name, value]) => [name.toLowerCase(), value]));
  return { recipient, head, headers, subject: decodeWord(headers.subject), text: decodeText(body) };
}
