// Makes a screenshot small: at most 256 colours (median cut), no filter, best compression. Reads only what Chromium writes:
// 8 bits, RGB or RGBA, not interlaced (PNG specification, 2nd edition, clauses 9 to 12).
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const most = 256;

type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint32Array };
type Counted = { readonly colour: number; readonly count: number };

const chunksOf = (png: Buffer): readonly { readonly type: string; readonly data: Buffer }[] => {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      data: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
};

const paeth = (left: number, up: number, upLeft: number): number => {
  const guess = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
};

/** What a filter type adds, from the bytes to the left, above, and above to the left. */
const filters: readonly ((left: number, up: number, upLeft: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
];

const unfilter = (raw: Buffer, height: number, stride: number, step: number): Buffer => {
  const out = Buffer.alloc(height * stride);
  for (let y = 0; y < height; y += 1) {
    const add = filters[raw[y * (stride + 1)] ?? 0] ?? (() => 0);
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x >= step ? (out[at - step] ?? 0) : 0;
      const up = y > 0 ? (out[at - stride] ?? 0) : 0;
      const upLeft = x >= step && y > 0 ? (out[at - stride - step] ?? 0) : 0;
      out[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + add(left, up, upLeft)) & 255;
    }
  }
  return out;
};

const decode = (png: Buffer): Picture => {
  const chunks = chunksOf(png);
  const header = chunks[0]?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const kind = header[9] ?? 0;
  if (header[8] !== 8 || (kind !== 2 && kind !== 6) || header[12] !== 0) throw new Error('not such a PNG');
  const step = kind === 2 ? 3 : 4;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const bytes = unfilter(inflateSync(packed), height, width * step, step);
  const pixels = new Uint32Array(width * height);
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = bytes.readUIntBE(index * step, 3);
  return { width, height, pixels };
};

const channel = (colour: number, shift: number): number => (colour >> shift) & 255;
const shifts = [16, 8, 0] as const;

const widestShift = (box: readonly Counted[]): { readonly shift: number; readonly range: number } => {
  const ranges = shifts.map((shift) => {
    const values = box.map(({ colour }) => channel(colour, shift));
    return {
      shift,
      range:
        values.reduce((top, value) => Math.max(top, value), 0) -
        values.reduce((low, value) => Math.min(low, value), 255),
    };
  });
  return ranges.reduce((best, each) => (each.range > best.range ? each : best));
};

/** Splits where half of the pixels lie on each side. */
const split = (box: readonly Counted[], shift: number): readonly [readonly Counted[], readonly Counted[]] => {
  const sorted = box.toSorted((one, other) => channel(one.colour, shift) - channel(other.colour, shift));
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let seen = 0;
  const at = sorted.findIndex(({ count }) => (seen += count) >= half);
  const cut = Math.min(Math.max(at + 1, 1), sorted.length - 1);
  return [sorted.slice(0, cut), sorted.slice(cut)];
};

const boxesOf = (colours: readonly Counted[]): readonly (readonly Counted[])[] => {
  const boxes: (readonly Counted[])[] = [colours];
  while (boxes.length < most) {
    const scored = boxes.map((box) => ({ box, ...widestShift(box) }));
    const widest = scored.reduce((best, each) => (each.range > best.range ? each : best));
    if (widest.range === 0) break;
    boxes.splice(boxes.indexOf(widest.box), 1, ...split(widest.box, widest.shift));
  }
  return boxes;
};

const distance = (one: number, other: number): number =>
  shifts.reduce<number>((sum, shift) => sum + (channel(one, shift) - channel(other, shift)) ** 2, 0);

const nearest = (palette: readonly number[], colour: number): number => {
  let best = 0;
  for (let place = 1; place < palette.length; place += 1) {
    if (distance(palette[place] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = place;
  }
  return best;
};

/** The commonest colour of a box stands for it, so that flat areas keep theirs exactly; the others take the nearest of all. */
const paletteOf = ({
  pixels,
}: Picture): { readonly palette: readonly number[]; readonly places: ReadonlyMap<number, number> } => {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const boxes = boxesOf([...counts].map(([colour, count]) => ({ colour, count })));
  const palette = boxes.map((box) => box.toSorted((one, other) => other.count - one.count)[0]?.colour ?? 0);
  return { palette, places: new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)])) };
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/** The same picture in at most 256 colours. */
export const smallPng = (png: Buffer): Buffer => {
  const picture = decode(png);
  const { width, height, pixels } = picture;
  const { palette, places } = paletteOf(picture);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.alloc(palette.length * 3);
  palette.forEach((colour, place) => colours.writeUIntBE(colour, place * 3, 3));
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rows[y * (width + 1) + 1 + x] = places.get(pixels[y * width + x] ?? 0) ?? 0;
    }
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
