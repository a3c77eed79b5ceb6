// Documents of contracts: what may be added by its bytes, how it is handed out, what the history keeps.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { describe, test } from 'node:test';
import { signedIn } from '../support/client.mjs';
import { createContract } from '../support/contracts.mjs';
import { askBytes, compound, jpeg, odf, ooxml, pdf, png, sendFiles, sha256, zip } from '../support/files.mjs';
import { program } from '../support/program.mjs';
import { sharedStack } from '../support/stack.mjs';

const stack = sharedStack();
const viewer = await signedIn(stack, 'viewer');
const editor = await signedIn(stack, 'editor');
const admin = await signedIn(stack, 'admin');
const csrf = await editor.token();
const text = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
const newContract = async () => (await createContract(editor)).id;
const documentsOf = async (id) => (await viewer.get(`/contracts/${id}/documents.json`)).json().documents;
const add = (id, name, bytes, fields = {}) => sendFiles(editor, `/contracts/${id}/documents`, { csrf, name: '', ...fields }, [['file', name, bytes]]);
/** Adds what must be possible; the document as programs see it. */
async function added(id, name, bytes, fields = {}) {
  const answer = await add(id, name, bytes, fields);
  assert.equal(answer.status, 303, `${name}: ${text(answer.document.querySelector('.form-error'))}`);
  const all = await documentsOf(id);
  return all.find((one) => one.sha256 === sha256(bytes));
}
/** Why a file was refused; nothing of it is stored. */
async function refused(id, name, bytes, fields = {}) {
  const before = await documentsOf(id);
  const answer = await add(id, name, bytes, fields);
  assert.equal(answer.status, 422, name);
  assert.deepEqual(await documentsOf(id), before);
  const field = answer.document.querySelector('.form-error').getAttribute('id').replace('-error', '');
  assert.equal(answer.document.getElementById(field).getAttribute('aria-invalid'), 'true');
  assert.ok(answer.document.querySelector(`#errors a[href="#${field}"]`));
  return `${field}: ${text(answer.document.querySelector('.form-error'))}`;
}

const OOXML = 'application/vnd.openxmlformats-officedocument.';
const KINDS = [
  ['Vertrag.pdf', pdf(), 'application/pdf', 'PDF'],
  ['Brief.docx', ooxml('word/document.xml'), `${OOXML}wordprocessingml.document`, 'Word'],
  ['Preise.xlsx', ooxml('xl/workbook.xml'), `${OOXML}spreadsheetml.sheet`, 'Excel'],
  ['Folien.pptx', ooxml('ppt/presentation.xml'), `${OOXML}presentationml.presentation`, 'PowerPoint'],
  ['Anders gepackt.docx', zip([['docProps/app.xml', 'x'], ['customXml/item1.xml', 'x'], ['word/document.xml', 'x'], ['[Content_Types].xml', 'x']]), `${OOXML}wordprocessingml.document`, 'Word'],
  ['Brief.odt', odf('text'), 'application/vnd.oasis.opendocument.text', 'OpenDocument-Text'],
  ['Preise.ods', odf('spreadsheet'), 'application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument-Tabelle'],
  ['Folien.odp', odf('presentation'), 'application/vnd.oasis.opendocument.presentation', 'OpenDocument-Präsentation'],
  ['Alt.doc', compound('WordDocument'), 'application/msword', 'Word (bis 2003)'],
  ['Alt.xls', compound('Workbook'), 'application/vnd.ms-excel', 'Excel (bis 2003)'],
  ['Alt.ppt', compound('PowerPoint Document'), 'application/vnd.ms-powerpoint', 'PowerPoint (bis 2003)'],
  ['Notiz.txt', Buffer.from('Grüße\r\nan alle\n'), 'text/plain', 'Text'],
  ['Latin 1.txt', Buffer.from('Gr\xfc\xdfe, und noch mehr Text in der alten Kodierung\n', 'latin1'), 'text/plain', 'Text'],
  ['Ein Zeichen.txt', Buffer.from('x'), 'text/plain', 'Text'],
  ['Quelltext.txt', Buffer.from('#include <stdio.h>\nint main(void) { return 0; }\n'), 'text/plain', 'Text'],
  ['Liste.CSV', Buffer.from('a;b\r\n1;2\r\n3;4\r\n'), 'text/csv', 'CSV'],
  ['Foto.png', png, 'image/png', 'Bild (PNG)'],
  ['Foto.JPEG', jpeg, 'image/jpeg', 'Bild (JPEG)'],
];

describe('what may be added', () => {
  for (const [name, bytes, type, words] of KINDS) {
    test(`${name}: ${type}`, async () => {
      const id = await newContract();
      const document = await added(id, name, bytes);
      assert.equal(document.name, name);
      assert.equal(document.content_type, type);
      assert.equal(document.size, bytes.length);
      assert.equal(document.uploaded_by, 'editor');
      const row = (await viewer.get(`/contracts/${id}/documents`)).document.querySelector('.document-table tbody tr');
      assert.equal(text(row.querySelector('th')), name);
      assert.equal(text(row.querySelector('td')), words);
      const back = await askBytes(viewer, document.address);
      assert.equal(back.headers.get('content-type'), type);
      assert.ok(back.bytes.equals(bytes));
    });
  }
});

const HTML = Buffer.from('<!DOCTYPE html><html><script>alert(1)</script></html>');
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(58), Buffer.from([64, 0, 0, 0]), Buffer.from('PE\0\0'), Buffer.alloc(200)]);
const KIND = /^file: Ihrem Inhalt nach/;
const ENDING = /^file: Der Name passt nicht zum Inhalt der Datei: der Inhalt gehört zu/;
const REFUSED = [
  ['Seite.html', HTML, KIND], ['Seite.txt', HTML, KIND], ['Seite.pdf', HTML, KIND], ['Bild.svg', SVG, KIND], ['Bild.png', SVG, KIND],
  ['Programm.exe', EXE, KIND], ['Rechnung.pdf', EXE, KIND], ['Skript.sh', Buffer.from('#!/bin/sh\nrm -rf x\n'), KIND], ['Skript.txt', Buffer.from('#!/bin/sh\nrm -rf x\n'), KIND],
  ['Archiv.zip', zip([['a.txt', 'x']]), KIND], ['Archiv.docx', zip([['a.txt', 'x']]), KIND], ['Rest.docx', ooxml('word/document.xml').subarray(0, 200), KIND],
  ['Installation.doc', compound('MsiTable'), KIND], ['Daten.bin', Buffer.from([1, 2, 3, 0, 255, 254, 9, 8, 7]), KIND], ['Text.rtf', Buffer.from('{\\rtf1 x}'), KIND],
  ['Vertrag.docx', pdf(), ENDING], ['Vertrag', pdf(), ENDING], ['Vertrag.pdf.exe', pdf(), ENDING], ['Brief.docm', ooxml('word/document.xml'), ENDING], ['Preise.docx', ooxml('xl/workbook.xml'), ENDING],
  ['Start.bat', Buffer.from('rem nothing\r\n'), ENDING], ['Seite.html', Buffer.from('nur Text\n'), ENDING], ['Start.js', Buffer.from('let a = 1;\n'), ENDING], ['Foto.jpg', png, ENDING],
  ['Brief.docx', ooxml('word/document.xml', 'word/vbaProject.bin'), /^file: Die Datei enthält Makros/], ['Brief.docm', ooxml('word/document.xml', 'word/vbaProject.bin'), /^file: Die Datei enthält Makros/],
  ['Preise.xlsm', ooxml('xl/workbook.xml', 'xl/vbaProject.bin'), /Makros/], ['Preise.xlsx', ooxml('xl/workbook.xml', 'xl/macrosheets/sheet1.xml'), /Makros/],
  ['Brief.odt', odf('text', 'Basic/script-lc.xml'), /Makros/], ['Brief.odt', odf('text', 'Scripts/python/x.py'), /Makros/], ['Alt.doc', compound('WordDocument', 'Macros', '_VBA_PROJECT'), /Makros/],
  ['Leer.pdf', Buffer.alloc(0), /^file: Die Datei ist leer\.$/], ['Leer.txt', Buffer.alloc(0), /^file: Die Datei ist leer\.$/],
];

describe('what may not', async () => {
  const id = await newContract();
  for (const [name, bytes, reason] of REFUSED) test(`${JSON.stringify(name)}: ${reason.source}`, async () => assert.match(await refused(id, name, bytes), reason));

  test('no file, two files, fields of something else', async () => {
    const path = `/contracts/${id}/documents`;
    const none = await sendFiles(editor, path, { csrf }, []);
    assert.equal(none.status, 422);
    assert.equal(text(none.document.querySelector('#file-error')), 'Bitte eine Datei wählen.');
    assert.equal((await sendFiles(editor, path, { csrf }, [['file', '', Buffer.alloc(0)]])).status, 422);
    assert.equal((await editor.post(path, { csrf })).status, 422);
    const two = await sendFiles(editor, path, { csrf }, [['file', 'a.pdf', pdf()], ['file', 'b.pdf', pdf()]]);
    assert.match(text(two.document.querySelector('#file-error')), /nur eine Datei/);
    assert.equal((await sendFiles(editor, path, { csrf, colour: 'blue' }, [['file', 'a.pdf', pdf()]])).status, 400);
    assert.equal((await sendFiles(editor, '/contracts/4000000000/documents', { csrf }, [['file', 'a.pdf', pdf()]])).status, 404);
    assert.deepEqual(await documentsOf(id), []);
  });

  test('more than the limit, which the page says', async () => {
    const limit = Number(/^document_limit=(\d+)/m.exec(stack.tool(['config']).stdout.replace(/ *= */g, '='))?.[1] ?? 20 << 20);
    assert.match(text((await editor.get(`/contracts/${id}/documents`)).document.querySelector('#file-help')), new RegExp(`Höchstens ${limit >> 20} MB`));
    assert.equal(await refused(id, 'Zu groß.pdf', pdf(limit + 1)), `file: Zu groß: höchstens ${limit >> 20} MB.`);
  });

  test('more documents than a contract may have', async () => {
    stack.database(`INSERT INTO document (contract_id, name, content_type, size, hash) SELECT ${id}, CONCAT('D', seq, '.txt'), 'text/plain', 1, REPEAT('h', 32) FROM seq_1_to_99;
      INSERT INTO document_piece SELECT id, 0, 'x' FROM document WHERE contract_id = ${id}`);
    await added(id, 'Der hundertste.pdf', pdf());
    assert.equal(await refused(id, 'Einer zu viel.pdf', pdf()), 'file: Der Vertrag hat schon 100 Dokumente; mehr sind nicht möglich.');
  });
});

describe('names', () => {
  test('without path, blanks and dots at the ends, composed', async () => {
    const id = await newContract();
    for (const [sent, name] of [['../../etc/Vertrag 2.pdf', 'Vertrag 2.pdf'], ['  ..Vertrag 3.pdf. ', 'Vertrag 3.pdf'], ['Vertra\u0308ge.pdf', 'Verträge.pdf']]) {
      assert.equal((await added(id, sent, pdf())).name, name);
    }
  });

  test('one that is typed, which needs no ending', async () => {
    const id = await newContract();
    assert.equal((await added(id, 'scan0001.pdf', pdf(), { name: 'Vertrag 3/2026' })).name, 'Vertrag 3-2026.pdf');
    assert.equal((await added(id, 'scan0002.PDF', pdf(), { name: 'Anlage.pdf' })).name, 'Anlage.pdf');
    assert.match(await refused(id, 'scan.pdf', pdf(), { name: 'x'.repeat(197) }), /^name: Zu lang: höchstens 200 Zeichen/);
    assert.match(await refused(id, 'scan.pdf', pdf(), { name: 'Vertrag\u202efdp' }), /^name: Enthält unsichtbare Steuerzeichen/, 'what turns the direction of reading');
    const answer = await add(id, 'scan.txt', HTML, { name: 'Was "ich" <schrieb>' });
    assert.equal(answer.document.querySelector('[name="name"]').getAttribute('value'), 'Was "ich" <schrieb>');
  });

  test('one that is there already is refused, until that is removed', async () => {
    const id = await newContract();
    const first = await added(id, 'Vertrag.pdf', pdf());
    assert.match(await refused(id, 'VERTRAG.pdf', pdf()), /^file: „VERTRAG.pdf“ gibt es hier schon/);
    assert.equal((await editor.post(`${first.address}/remove`, { csrf })).status, 303);
    await added(id, 'Vertrag.pdf', pdf());
    await added(id, 'Verträg.pdf', pdf());
    await added(await newContract(), 'Vertrag.pdf', pdf());
  });
});

describe('handing out', () => {
  test('always to be stored, never to be shown, known again by its hash', async () => {
    const id = await newContract();
    const bytes = pdf();
    const { address } = await added(id, 'scan.pdf', bytes, { name: 'Grüße & "Küsse" 100%' });
    const answer = await askBytes(viewer, address);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-disposition'), "attachment; filename=\"Gr__e & _K_sse_ 100_.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%26%20%22K%C3%BCsse%22%20100%25.pdf");
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'.*, sandbox$/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('content-length'), String(bytes.length));
    assert.equal(answer.headers.get('etag'), `"${sha256(bytes)}"`);
    const known = await askBytes(viewer, address, { headers: { 'if-none-match': `"other", W/${answer.headers.get('etag')}` } });
    assert.equal(known.status, 304);
    assert.equal(known.bytes.length, 0);
    const head = await askBytes(viewer, address, { method: 'HEAD' });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-length'), String(bytes.length));
    assert.equal(head.bytes.length, 0);
  });

  test('15 MiB intact, in pieces that are no packet\'s size', async () => {
    const id = await newContract();
    const bytes = pdf(15 << 20);
    const { address, size } = await added(id, 'Groß.pdf', bytes);
    assert.equal(size, bytes.length);
    const answer = await askBytes(viewer, address);
    assert.equal(sha256(answer.bytes), sha256(bytes));
    assert.ok(Number(stack.databaseValue('SELECT MAX(LENGTH(bytes)) FROM document_piece')) <= 256 << 10);
    const document = /(\d+)$/.exec(address)[1];
    /* A piece that is gone breaks the connection: nobody takes the rest for the whole. */
    stack.database(`DELETE FROM document_piece WHERE document_id = ${document} AND number = 40`);
    const broken = await askBytes(viewer, address).catch((error) => error);
    assert.ok(broken instanceof Error || !broken.complete || broken.bytes.length < bytes.length, 'not whole');
  });

  test('more slow readers than workers leave somebody to answer', async () => {
    const { address } = await added(await newContract(), 'Groß.pdf', pdf(15 << 20));
    const cookie = [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const readers = await Promise.all(Array.from({ length: 4 }, () => new Promise((resolve, reject) => {
      get(viewer.url(address), { agent: false, headers: { cookie } }, (response) => resolve(response.pause())).on('error', reject);
    })));
    assert.deepEqual(readers.map(({ statusCode }) => statusCode), [200, 200, 200, 200]);
    assert.equal((await viewer.get('/contracts')).status, 200);
    for (const reader of readers) reader.destroy();
  });

  test('not by another contract\'s address', async () => {
    const { address } = await added(await newContract(), 'Vertrag.pdf', pdf());
    const document = /(\d+)$/.exec(address)[1];
    const other = await newContract();
    assert.equal((await viewer.get(`/contracts/${other}/documents/${document}`)).status, 404);
    assert.equal((await editor.post(`/contracts/${other}/documents/${document}/remove`, { csrf })).status, 404);
    for (const odd of ['0', '007', 'x', '4000000000']) assert.equal((await viewer.get(`/contracts/${other}/documents/${odd}`)).status, 404, odd);
  });
});

describe('who', () => {
  test('a viewer reads and stores, and is offered no more', async () => {
    const id = await newContract();
    const { address } = await added(id, 'Vertrag.pdf', pdf());
    const page = await viewer.get(`/contracts/${id}/documents`);
    assert.equal(page.document.querySelector('main form'), null);
    assert.ok(page.document.querySelector(`a[href="${new URL(viewer.url(address)).pathname}"]`));
    const token = await viewer.token();
    assert.equal((await sendFiles(viewer, `/contracts/${id}/documents`, { csrf: token }, [['file', 'a.pdf', pdf()]])).status, 403);
    assert.equal((await viewer.post(`${address}/remove`, { csrf: token })).status, 403);
    assert.equal((await documentsOf(id)).length, 1);
  });

  test('a form with a file needs its token too', async () => {
    const id = await newContract();
    assert.equal((await sendFiles(editor, `/contracts/${id}/documents`, {}, [['file', 'a.pdf', pdf()]])).status, 403);
    assert.equal((await sendFiles(editor, `/contracts/${id}/documents`, { csrf: 'wrong' }, [['file', 'a.pdf', pdf()]])).status, 403);
    assert.deepEqual(await documentsOf(id), []);
  });

  test('a program, by its token', async () => {
    const id = await newContract();
    const machine = await program(admin, 'editor');
    const bytes = pdf();
    const made = await sendFiles(machine, `/contracts/${id}/documents`, {}, [['file', 'Vertrag.pdf', bytes]]);
    assert.equal(made.status, 201);
    assert.equal(made.json().sha256, sha256(bytes));
    assert.equal(made.location, made.json().address);
    assert.deepEqual(await documentsOf(id), [made.json()]);
    const wrong = await sendFiles(machine, `/contracts/${id}/documents`, {}, [['file', 'a.txt', HTML]]);
    assert.equal(wrong.status, 422);
    assert.deepEqual(wrong.json().errors.map(({ field, reason }) => [field, reason]), [['file', 'document_kind']]);
    assert.ok((await askBytes(machine, made.location)).bytes.equals(bytes));
    assert.equal((await machine.post(`${made.location}/remove`, {})).status, 204);
    assert.equal((await askBytes(machine, made.location)).status, 404);
  });
});

describe('what stays', () => {
  /** Of a contract's history: [event, who, name, hash] of its documents, newest first. */
  async function events(id) {
    const page = await viewer.get(`/contracts/${id}/history`);
    return [...page.document.querySelectorAll('table.history tbody tr')].map((row) => [text(row.querySelector('strong')), text(row.querySelector('td')),
      ...[...row.querySelectorAll('li')].filter((item) => /^(Name|SHA-256):/.test(text(item))).map((item) => text(item.querySelector('.history-value')))]);
  }

  test('of a removed document its name and hash, in the history; nothing of what it held', async () => {
    const id = await newContract();
    const bytes = pdf(300000);
    const { address, sha256: hash } = await added(id, 'Vertrag.pdf', bytes);
    const document = /(\d+)$/.exec(address)[1];
    assert.equal(stack.databaseValue(`SELECT SUM(LENGTH(bytes)) FROM document_piece WHERE document_id = ${document}`), String(bytes.length));
    const page = await admin.get(`/contracts/${id}/documents`);
    assert.equal((await admin.get(`/contracts/${id}/documents/4000000000`)).document.querySelector('a[href$="/history"]').getAttribute('href'), `/contracts/${id}/history`, 'what is gone leads to what is left of it');
    const form = page.document.querySelector('.document-remove details form');
    assert.match(text(form), /sofort und endgültig gelöscht/);
    const removed = await admin.submit(`/contracts/${id}/documents`, {}, '.document-remove form');
    assert.equal(removed.status, 303);
    const back = await admin.get(removed.location);
    assert.match(back.text, /„Vertrag.pdf“ ist entfernt\./);
    assert.ok(back.document.querySelector('.empty'));
    assert.equal((await viewer.get(address)).status, 404);
    assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM document_piece WHERE document_id = ${document}`), '0');
    assert.deepEqual((await events(id)).slice(0, 2), [['Dokument entfernt', 'admin', 'Vertrag.pdf', hash], ['Dokument hinzugefügt', 'editor', 'Vertrag.pdf', hash]]);
  });

  test('between the contract\'s own changes, each where it belongs', async () => {
    const id = await newContract();
    await added(id, 'Eins.pdf', pdf());
    assert.equal((await editor.submit(`/contracts/${id}/edit`, { title: 'Dazwischen' }, 'form:has([name="number"])')).status, 303);
    await added(id, 'Zwei.pdf', pdf());
    assert.deepEqual((await events(id)).map(([event, , name]) => [event, name]),
      [['Dokument hinzugefügt', 'Zwei.pdf'], ['geändert', undefined], ['Dokument hinzugefügt', 'Eins.pdf'], ['angelegt', undefined]]);
    const versions = 201;
    stack.database(Array.from({ length: versions }, (_, i) => `UPDATE contract SET reference = 'R-${i}' WHERE id = ${id};`).join('\n'));
    assert.ok((await events(id)).every(([event]) => event === 'geändert'), 'on the newest page');
    const older = (await viewer.get(`/contracts/${id}/history`)).document.querySelector('a[rel="next"]').getAttribute('href');
    const words = [...(await viewer.get(older)).document.querySelectorAll('table.history strong')].map(text);
    assert.deepEqual(words, ['geändert', 'Dokument hinzugefügt', 'geändert', 'Dokument hinzugefügt', 'angelegt']);
  });

  test('a deleted contract takes its documents along, and its history still names them', async () => {
    const id = await newContract();
    const { address } = await added(id, 'Vertrag.pdf', pdf());
    const sheet = await admin.get(`/contracts/${id}`);
    assert.match(text(sheet.document.querySelector('.danger-zone')), /Seine Dokumente werden mit ihm gelöscht/);
    assert.equal((await admin.submit(`/contracts/${id}`, {}, '.danger-zone form')).status, 303);
    const document = /(\d+)$/.exec(address)[1];
    assert.equal(stack.databaseValue(`SELECT COUNT(*) FROM document_piece WHERE document_id = ${document}`), '0');
    assert.equal((await viewer.get(address)).status, 404);
    assert.equal((await viewer.get(`/contracts/${id}/documents`)).status, 404);
    assert.deepEqual((await events(id)).map(([event, by, name]) => [event, by, name]),
      [['gelöscht', 'admin', undefined], ['Dokument entfernt', 'admin', 'Vertrag.pdf'], ['Dokument hinzugefügt', 'editor', 'Vertrag.pdf'], ['angelegt', 'editor', undefined]]);
  });
});

test('the contract\'s sheet names its documents; an earlier state none', async () => {
  const id = await newContract();
  const { document: empty } = await viewer.get(`/contracts/${id}`);
  assert.match(text(empty.querySelector('.documents')), /keine Dokumente/);
  const bytes = pdf(2048);
  const { address } = await added(id, 'Vertrag <1>.pdf', bytes);
  const { document } = await viewer.get(`/contracts/${id}`);
  const item = document.querySelector('.documents li');
  assert.equal(text(item), 'Vertrag <1>.pdf PDF, 2 KB');
  assert.equal(item.querySelector('a').getAttribute('href'), address);
  const then = await viewer.get(`/contracts/${id}?as_of=${new Date().toISOString()}`);
  assert.equal(then.document.querySelector('.documents'), null);
});
