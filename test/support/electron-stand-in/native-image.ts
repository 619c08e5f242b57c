// nativeImage: keeps the bytes it was given. It reads the size of a PNG and draws nothing.
import { readFileSync } from 'node:fs';

const pngSize = (bytes: Buffer): { width: number; height: number } =>
  bytes.length >= 24 && bytes.toString('latin1', 1, 4) === 'PNG'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : { width: 0, height: 0 };

export class NativeImage {
  readonly #png: Buffer;
  isMacTemplateImage = false;

  private constructor(png: Buffer) {
    this.#png = png;
  }
  static fromPng(png: Buffer): NativeImage {
    return new NativeImage(png);
  }
  static empty(): NativeImage {
    return new NativeImage(Buffer.alloc(0));
  }
  isEmpty(): boolean {
    return this.#png.length === 0;
  }
  getSize(): { width: number; height: number } {
    return pngSize(this.#png);
  }
  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }
  toPNG(): Buffer {
    return Buffer.from(this.#png);
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`;
  }
  setTemplateImage(option: boolean): void {
    this.isMacTemplateImage = option;
  }
  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
  addRepresentation(): void {}
  resize(): NativeImage {
    return this;
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => NativeImage.empty(),
  createFromBuffer: (buffer: Buffer): NativeImage => NativeImage.fromPng(buffer),
  createFromDataURL: (url: string): NativeImage =>
    NativeImage.fromPng(Buffer.from(url.replace(/^[^,]*,/, ''), 'base64')),
  /** An unreadable file gives an empty image, as in Electron. */
  createFromPath: (path: string): NativeImage => {
    try {
      return NativeImage.fromPng(readFileSync(path));
    } catch {
      return NativeImage.empty();
    }
  },
};
