// WebFrameMain: one document in one frame. When the frame navigates, the object of the old document is dead, which is
// what makes `event.senderFrame` null afterwards.
import { EventEmitter } from 'node:events';
import { cloneCodec } from './clone-codec.ts';
import { IpcMainStandIn } from './ipc-main.ts';
import type { MessagePortMain } from './message-port.ts';
import { toAppOrigin, toAppUrl } from './schemes.ts';
import { shared } from './state.ts';
import type { Fields } from './cdp.ts';

/** What a frame needs of its window. */
export type FrameHost = {
  readonly frames: Map<string, WebFrameMain>;
  readonly evaluate: (contextId: number, code: string, userGesture: boolean) => Promise<unknown>;
  readonly deliver: (frame: WebFrameMain, message: object) => void;
  readonly attachPorts: (frame: WebFrameMain, ports: readonly MessagePortMain[]) => number[];
  readonly reloadFrame: (frame: WebFrameMain) => boolean;
};

let lastRoutingId = 0;
let lastTreeNodeId = 0;
const treeNodeIds = new Map<string, number>();
const live = new Map<string, WebFrameMain>();

const treeNodeIdOf = (frameId: string): number => {
  const id = treeNodeIds.get(frameId) ?? ++lastTreeNodeId;
  treeNodeIds.set(frameId, id);
  return id;
};

export class WebFrameMain extends EventEmitter {
  readonly ipc = new IpcMainStandIn();
  readonly frameId: string;
  readonly frameToken: string;
  readonly frameTreeNodeId: number;
  readonly routingId = ++lastRoutingId;
  readonly processId: number;
  readonly #host: FrameHost;
  readonly #parentId: string | undefined;
  #fields: Fields;
  #destroyed = false;
  /** The contexts of the document: the page's own, and the preload's. */
  mainContext: number | undefined;
  preloadContext: number | undefined;

  constructor(host: FrameHost, fields: Fields, processId: number) {
    super();
    this.#host = host;
    this.#fields = fields;
    this.frameId = String(fields['id']);
    this.frameToken = `${this.frameId}-${String(fields['loaderId'])}`;
    this.frameTreeNodeId = treeNodeIdOf(this.frameId);
    this.processId = processId;
    this.#parentId = fields['parentId'] as string | undefined;
    live.set(`${String(processId)} ${String(this.routingId)}`, this);
  }

  static fromId(processId: number, routingId: number): WebFrameMain | undefined {
    return live.get(`${String(processId)} ${String(routingId)}`);
  }
  static fromFrameToken(processId: number, frameToken: string): WebFrameMain | null {
    return (
      [...live.values()].find((frame) => frame.processId === processId && frame.frameToken === frameToken) ??
      null
    );
  }

  get loaderId(): string {
    return String(this.#fields['loaderId']);
  }
  get url(): string {
    const url = String(this.#fields['url'] ?? '') + String(this.#fields['urlFragment'] ?? '');
    // A frame that has not been navigated yet has the empty address in Electron.
    return url === 'about:blank' ? '' : toAppUrl(url);
  }
  /** The browser's own page in place of one that could not be loaded. */
  get isErrorPage(): boolean {
    return this.#fields['unreachableUrl'] !== undefined;
  }
  get origin(): string {
    return toAppOrigin(String(this.#fields['securityOrigin'] ?? ''));
  }
  get name(): string {
    return String(this.#fields['name'] ?? '');
  }
  get osProcessId(): number {
    return shared.browser?.process.pid ?? 0;
  }
  get visibilityState(): string {
    return 'visible';
  }
  get detached(): boolean {
    return this.#destroyed;
  }
  get parent(): WebFrameMain | null {
    return (this.#parentId === undefined ? undefined : this.#host.frames.get(this.#parentId)) ?? null;
  }
  get top(): WebFrameMain | null {
    return this.parent === null ? this : this.parent.top;
  }
  get frames(): WebFrameMain[] {
    return [...this.#host.frames.values()].filter((frame) => frame.parent === this);
  }
  get framesInSubtree(): WebFrameMain[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }
  send(channel: string, ...parts: unknown[]): void {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    this.#host.deliver(this, { t: 'message', channel, data: cloneCodec.encode(parts) });
  }
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const data = cloneCodec.encode([message]);
    const ports = this.#host.attachPorts(this, transfer);
    this.#host.deliver(this, { t: 'message', channel, data, ports });
  }
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    if (this.mainContext === undefined) return Promise.reject(new Error('Render frame was disposed'));
    return this.#host.evaluate(this.mainContext, code, userGesture);
  }
  reload(): boolean {
    return this.#host.reloadFrame(this);
  }

  /** Same-document navigation: the address changes, the document stays. */
  moveTo(url: string): void {
    this.#fields = { ...this.#fields, url, urlFragment: '' };
  }
  die(): void {
    this.#destroyed = true;
    live.delete(`${String(this.processId)} ${String(this.routingId)}`);
  }
}

export const webFrameMain = { fromId: WebFrameMain.fromId, fromFrameToken: WebFrameMain.fromFrameToken };
