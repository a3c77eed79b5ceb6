// Reads a workbook (ZIP, APPNOTE 6.3; Office Open XML, ECMA-376) as strictly as the tests need.
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';
import { DOMParser } from 'linkedom';

/** The files of an archive by name, found by its directory at the end. */
function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  assert.ok(end >= 0, 'an archive');
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert.equal(bytes.readUInt32LE(at), 0x02014b50);
    const [size, plain, nameLength, extraLength, commentLength, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + size);
    const content = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    assert.equal(content.length, plain);
    files.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), content.toString('utf8'));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return files;
}

const parse = (text) => new DOMParser().parseFromString(text, 'text/xml');
const column = (reference) => [...reference.replace(/\d+/g, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
const unescape = (text) => text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** {sheets: [{name, rows: [[{text} | {number, format} | {formula}]], frozen, filter}]}; rows are read one by one, since a tree of all would be too slow. */
export function readWorkbook(bytes) {
  const files = unzip(bytes);
  const styles = parse(files.get('xl/styles.xml'));
  const codes = new Map([...styles.querySelectorAll('numFmt')].map((format) => [format.getAttribute('numFmtId'), format.getAttribute('formatCode')]));
  const formats = [...styles.querySelectorAll('cellXfs xf')].map((xf) => codes.get(xf.getAttribute('numFmtId')) ?? 'General');
  const fonts = [...styles.querySelectorAll('fonts font')].map((font) => font.querySelector('b') !== null);
  const bold = [...styles.querySelectorAll('cellXfs xf')].map((xf) => fonts[Number(xf.getAttribute('fontId'))]);
  const names = [...parse(files.get('xl/workbook.xml')).querySelectorAll('sheet')].map((sheet) => sheet.getAttribute('name'));
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>[\s\S]*?<\/si>/g)].map(([item]) => unescape(parse(item).querySelector('t').textContent));
  const sheets = names.map((name, index) => {
    const text = files.get(`xl/worksheets/sheet${index + 1}.xml`);
    const data = text.indexOf('<sheetData>');
    const rest = parse(text.slice(0, data) + text.slice(text.indexOf('</sheetData>') + '</sheetData>'.length));
    const pane = rest.querySelector('pane');
    const rows = text.slice(data).match(/<row [\s\S]*?<\/row>/g).map((row) => {
      const cells = [];
      for (const cell of parse(row).querySelectorAll('c')) {
        const style = Number(cell.getAttribute('s') ?? 0);
        if (!cell.querySelector('f, is, v')) continue; // has a look only
        cells[column(cell.getAttribute('r'))] = cell.querySelector('f') ? { formula: cell.querySelector('f').textContent }
          : cell.getAttribute('t') === 's' ? { text: shared[Number(cell.querySelector('v').textContent)], bold: bold[style] }
          : cell.getAttribute('t') === 'inlineStr' ? { text: unescape(cell.querySelector('t').textContent), bold: bold[style] }
          : { number: Number(cell.querySelector('v').textContent), format: formats[style] };
      }
      return cells;
    });
    return { name, rows, frozen: pane?.getAttribute('state') === 'frozen' ? Number(pane.getAttribute('ySplit')) : 0, filter: rest.querySelector('autoFilter')?.getAttribute('ref') };
  });
  return { sheets };
}

/** The day of a date's number (ECMA-376, part 1, 18.17.4: 1 is 1900-01-01, and there is a 1900-02-29). */
export const dayOfNumber = (number) => new Date(Date.UTC(1899, 11, 30) + number * 86400000).toISOString().slice(0, 10);
