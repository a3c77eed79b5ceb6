// Files as programs write them, made byte by byte, and forms that carry them.
import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { parseHTML } from 'linkedom';

const number16 = (...values) => Buffer.from(Uint16Array.from(values).buffer);
const number32 = (...values) => Buffer.from(Uint32Array.from(values).buffer);
/** CRC-32. */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** A ZIP archive of stored files: [[name, content], …]. */
export function zip(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const bytes = Buffer.from(content);
    const label = Buffer.from(name);
    const facts = Buffer.concat([number16(20, 0, 0, 0, 0x21), number32(checksum(bytes), bytes.length, bytes.length), number16(label.length, 0)]);
    parts.push(Buffer.from('PK\x03\x04'), facts, label, bytes);
    directory.push(Buffer.from('PK\x01\x02'), number16(20), facts, number16(0, 0, 0), number32(0, offset), label);
    offset += 4 + facts.length + label.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...parts, list, Buffer.from('PK\x05\x06'), number16(0, 0, files.length, files.length), number32(list.length, offset), number16(0)]);
}

const RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>';
/** Office Open XML: `main` is the part that says which program it belongs to. */
export const ooxml = (main, ...more) => zip([['[Content_Types].xml', '<?xml version="1.0"?><Types/>'], ['_rels/.rels', RELATIONS], [main, '<?xml version="1.0"?><x/>'], ...more.map((name) => [name, 'x'])]);
/** OpenDocument: its kind is the first file. */
export const odf = (kind, ...more) => zip([['mimetype', `application/vnd.oasis.opendocument.${kind}`], ['content.xml', '<?xml version="1.0"?><x/>'], ...more.map((name) => [name, 'x'])]);

/** A compound file (MS-CFB) whose directory has these names, as Office wrote them up to 2003. */
export function compound(...names) {
  const END = 0xfffffffe;
  const FREE = 0xffffffff;
  const entry = (name, type, child, start, size, right = FREE) => {
    const bytes = Buffer.alloc(128);
    bytes.write(name, 'utf16le');
    bytes.writeUInt16LE(name ? 2 * name.length + 2 : 0, 64);
    bytes[66] = type;
    bytes[67] = 1;
    number32(FREE, right, child).copy(bytes, 68);
    number32(start, size).copy(bytes, 116);
    return bytes;
  };
  const head = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(16), number16(0x3e, 3, 0xfffe, 9, 6), Buffer.alloc(6), number32(0, 1, 1, 0, 4096, END, 0, END, 0, 0), Buffer.alloc(436, 0xff)]);
  const table = Buffer.concat([number32(0xfffffffd, END, 3, 4, 5, 6, 7, 8, 9, END), Buffer.alloc(512 - 40, 0xff)]);
  const streams = names.slice(0, 3).map((name, i, all) => entry(name, 2, FREE, i === 0 ? 2 : END, i === 0 ? 4096 : 0, i + 1 < all.length ? i + 2 : FREE));
  const directory = Buffer.concat([entry('Root Entry', 5, 1, END, 0), ...streams, Buffer.alloc(128 * (3 - streams.length))]);
  return Buffer.concat([head, table, directory, Buffer.alloc(4096, 0x20)]);
}

/** A PDF; `size` bytes in all, so that no two are alike. */
export function pdf(size = 400) {
  const head = Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n', 'latin1');
  const tail = Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  return Buffer.concat([head, randomBytes(size - head.length - tail.length), tail]);
}

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([frame, body, sum]);
};
export const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')), chunk('IDAT', Buffer.from('789c6360000000020001', 'hex')), chunk('IEND', Buffer.alloc(0))]);
export const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300' + '01'.repeat(64) + 'ffd9', 'hex');

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The body of a form with files, as browsers send it: {field: value}, [[field, name, bytes], …]. */
function formWithFiles(fields, files) {
  const boundary = `----boundary${randomBytes(12).toString('hex')}`;
  const quoted = (text) => text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const parts = [
    ...Object.entries(fields).map(([name, value]) => [`Content-Disposition: form-data; name="${quoted(name)}"\r\n\r\n`, value]),
    ...files.map(([field, name, bytes]) => [`Content-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`, bytes]),
  ];
  const body = Buffer.concat([...parts.flatMap(([head, content]) => [Buffer.from(`--${boundary}\r\n${head}`), Buffer.from(content), Buffer.from('\r\n')]), Buffer.from(`--${boundary}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

/** A request of a client, or of a program, whose body and answer are bytes. */
export function askBytes(client, path, { method = 'GET', headers = {}, body } = {}) {
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const signed = { ...(cookie && { cookie }), ...(client.authorization && { authorization: client.authorization }) };
  return new Promise((resolve, reject) => {
    const asked = httpRequest(client.url(path), { method, agent: false, headers: { 'accept-language': 'de', ...signed, ...(body && { 'content-length': String(body.length) }), ...headers } }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const received = new Headers();
        for (let at = 0; at < response.rawHeaders.length; at += 2) received.append(response.rawHeaders[at], response.rawHeaders[at + 1]);
        const bytes = Buffer.concat(pieces);
        resolve({
          status: response.statusCode, headers: received, bytes, complete: response.complete, location: received.get('location'),
          get text() { return bytes.toString('utf8'); },
          get document() { return (this.parsed ??= parseHTML(this.text).document); },
          json() { return JSON.parse(this.text); },
        });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Sends a form with files. */
export function sendFiles(client, path, fields, files, headers = {}) {
  const { body, type } = formWithFiles(fields, files);
  return askBytes(client, path, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
}
