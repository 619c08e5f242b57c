// Draws the app's own icons into resources/: a key on its way round a dial. Drawn by distance, not by a font or a picture, so
// that every size is sharp; run by hand when the drawing changes (node scripts/icons.mjs).
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../resources');
const ink = [20, 23, 29];
const brass = [224, 172, 84];
const black = [0, 0, 0];

const hypot = Math.hypot;
const ring = (x, y, cx, cy, radius, width) => Math.abs(hypot(x - cx, y - cy) - radius) - width / 2;
const stroke = (x, y, [ax, ay, bx, by], width) => {
  const [px, py, dx, dy] = [x - ax, y - ay, bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
  return hypot(px - dx * along, py - dy * along) - width / 2;
};
const plate = (x, y, half, corner) => {
  const dx = Math.max(Math.abs(x) - half + corner, 0);
  const dy = Math.max(Math.abs(y) - half + corner, 0);
  return hypot(dx, dy) - corner;
};

/** Distance to the key, in a square from -1 to 1; `bold` for the sizes of a menu bar. */
const key = (x, y, bold) => {
  // The key lies along one axis and is then turned by an eighth.
  const c = Math.SQRT1_2;
  const u = c * x + c * y;
  const v = -c * x + c * y;
  const width = bold ? 0.2 : 0.13;
  return Math.min(
    ring(u, v, -0.42, 0, bold ? 0.36 : 0.3, width),
    stroke(u, v, [-0.1, 0, 0.74, 0], width),
    stroke(u, v, [0.7, 0, 0.7, bold ? 0.34 : 0.26], width),
    stroke(u, v, [0.4, 0, 0.4, bold ? 0.26 : 0.2], width),
  );
};

/** Three quarters of a turn round the key, open where the key points. */
const dial = (x, y) => {
  const angle = Math.atan2(y, x);
  const open = Math.abs(angle - Math.PI / 4) < Math.PI / 5;
  return open ? 1 : ring(x, y, 0, 0, 0.98, 0.055);
};

const cover = (distance, pixel) => Math.max(0, Math.min(1, 0.5 - distance / pixel));

const paintIcon = (x, y, pixel) => {
  const ground = cover(plate(x, y, 0.94, 0.42), pixel);
  const mark = Math.max(
    cover(key(x * 1.75, y * 1.75, false), pixel * 1.75),
    0.55 * cover(dial(x * 1.38, y * 1.38), pixel * 1.38),
  );
  return [...ink.map((value, index) => value + (brass[index] - value) * mark), 255 * ground];
};
const paintTray = (colour) => (x, y, pixel) => [
  ...colour,
  255 * cover(key(x * 1.08, y * 1.08, true), pixel * 1.08),
];

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const head = Buffer.alloc(4);
  const tail = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
};

const png = (size, paint) => {
  const rows = Buffer.alloc(size * (1 + size * 4));
  const pixel = 2 / size;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const colour = paint((column + 0.5) * pixel - 1, (row + 0.5) * pixel - 1, pixel);
      rows.set(colour.map(Math.round), row * (1 + size * 4) + 1 + column * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const files = [
  ['icon.png', 512, paintIcon],
  ['tray.png', 22, paintTray(brass)],
  ['tray@2x.png', 44, paintTray(brass)],
  ['trayTemplate.png', 18, paintTray(black)],
  ['trayTemplate@2x.png', 36, paintTray(black)],
];
for (const [name, size, paint] of files) writeFileSync(resolve(folder, name), png(size, paint));
