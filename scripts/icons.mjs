// Draws the app's own icons into resources/: the mark of the window (a keyhole in a dial that was turned a quarter). Drawn by distance, not by a font or a picture, so
// that every size is sharp; run by hand when the drawing changes (node scripts/icons.mjs).
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../resources');
const ink = [20, 23, 29];
const brass = [224, 172, 84];
const paper = [251, 250, 248];
const black = [0, 0, 0];

const hypot = Math.hypot;
/** A part of a circle, with round ends; angles in degrees, clockwise from the right. */
const arc = (x, y, { radius, width, from, to }) => {
  const angle = (Math.atan2(y, x) * 180) / Math.PI;
  const turned = (angle - from + 720) % 360;
  if (turned <= to - from) return Math.abs(hypot(x, y) - radius) - width / 2;
  const ends = [from, to].map((end) => {
    const radians = (end * Math.PI) / 180;
    return hypot(x - radius * Math.cos(radians), y - radius * Math.sin(radians));
  });
  return Math.min(...ends) - width / 2;
};
const disc = (x, y, [cx, cy], radius) => hypot(x - cx, y - cy) - radius;
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

// The proportions of the mark in src/renderer/ui/gate.tsx, whose square of 44 is -1 to 1 here; `bold` for a menu bar's sizes.
const unit = 1 / 22;
const radius = 18 * unit;
const widthOf = (bold) => (bold ? 5 : 3) * unit;
const body = (x, y, bold) =>
  Math.min(
    arc(x, y, { radius, width: widthOf(bold), from: 0, to: 270 }),
    disc(x, y, [0, -2.5 * unit], (bold ? 5.5 : 4.5) * unit),
    stroke(x, y, [0, 0, 0, 8 * unit], (bold ? 5.5 : 4) * unit),
  );
const quarter = (x, y, bold) => arc(x, y, { radius, width: widthOf(bold), from: -65, to: -25 });

const cover = (distance, pixel) => Math.max(0, Math.min(1, 0.5 - distance / pixel));
const mix = (under, over, share) => under.map((value, index) => value + (over[index] - value) * share);

const paintIcon = (x, y, pixel) => {
  const scale = 1.5;
  const [px, py, size] = [x * scale, y * scale, pixel * scale];
  const colour = mix(
    mix(ink, paper, cover(body(px, py, false), size)),
    brass,
    cover(quarter(px, py, false), size),
  );
  return [...colour, 255 * cover(plate(x, y, 0.94, 0.42), pixel)];
};
const paintTray = (colour) => (x, y, pixel) => {
  const scale = 0.95;
  const distance = Math.min(body(x * scale, y * scale, true), quarter(x * scale, y * scale, true));
  return [...colour, 255 * cover(distance, pixel * scale)];
};

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
