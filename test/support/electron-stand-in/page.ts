// One page of the browser as one window has it: made, attached to, watched. Knows frames, documents and worlds; knows
// nothing of Electron's windows (web-contents.ts) and of the network (network.ts).
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Fields } from './cdp.ts';
import { MessagePortMain, type PortRoute } from './message-port.ts';
import { isolatedWorldScript, mainWorldScript, type ScriptOptions } from './page-scripts.ts';
import { cdp, news } from './state.ts';
import { WebFrameMain, type FrameHost } from './web-frame-main.ts';

export type PageBounds = {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
};
export type PageOptions = Pick<ScriptOptions, 'preload' | 'inSubFrames' | 'disableDialogs' | 'arguments'> & {
  readonly usesSync: boolean;
};

export type PageMessage = Fields & { readonly t: string };

let lastProcessId = 0;
/** Which page a frame belongs to: the network is watched for the whole browser, by frame. */
export const pageOfFrame = new Map<string, Page>();

/**
 * Emits `message` (frame, message), `committed` (frame, oldUrl, type), `moved`, `frame-attached`, `loaded`, `dom-ready`,
 * `started`, `stopped`, `crashed`, `gone`, `resized`, `paused` (callFrameId), `dialog`.
 */
export class Page extends EventEmitter implements FrameHost {
  readonly key = `k${randomUUID().replaceAll('-', '')}`;
  readonly frames = new Map<string, WebFrameMain>();
  readonly #options: PageOptions;
  readonly #contexts = new Map<number, WebFrameMain>();
  readonly #ports = new Map<number, PortRoute>();
  readonly #world: string;
  #scriptIds: string[] = [];
  #lastPort = 0;
  #isGone = false;
  isCrashed = false;
  /** Windows that the page is about to open by itself: what it said of them. */
  readonly opening: Fields[] = [];
  targetId = '';
  sessionId = '';

  constructor(options: PageOptions) {
    super();
    this.#options = options;
    this.#world = `Electron Isolated Context ${this.key}`;
  }

  get mainFrame(): WebFrameMain | undefined {
    return this.frames.get(this.targetId);
  }
  get isGone(): boolean {
    return this.#isGone;
  }

  send(method: string, params: Fields = {}): Promise<Fields> {
    return cdp().send(method, params, this.sessionId);
  }
  tell(method: string, params: Fields = {}): void {
    if (!this.#isGone && this.sessionId !== '') cdp().tell(method, params, this.sessionId);
  }

  /** Makes a window with an empty page in `browserContextId` and takes hold of it. */
  async open(browserContextId: string | undefined, bounds: PageBounds): Promise<void> {
    const { targetId } = await cdp().send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      width: bounds.width,
      height: bounds.height,
      ...(bounds.x === undefined ? {} : { left: bounds.x, top: bounds.y ?? 0 }),
      ...(browserContextId === undefined ? {} : { browserContextId }),
    });
    await this.attach(String(targetId));
  }

  /** Takes hold of a page that is there already: one that a page opened itself. */
  async attach(targetId: string): Promise<void> {
    this.targetId = targetId;
    pageOfFrame.set(targetId, this);
    const { sessionId } = await cdp().send('Target.attachToTarget', { targetId, flatten: true });
    this.sessionId = String(sessionId);
    this.#listen();
    news.emit('page-attached', this);
    const [tree] = await Promise.all([
      this.send('Page.enable').then(() => this.send('Page.getFrameTree')),
      this.send('Runtime.enable'),
      this.send('Runtime.addBinding', { name: this.#binding, executionContextName: this.#world }),
      this.#options.usesSync ? this.send('Debugger.enable') : undefined,
      this.#addScripts(),
    ]);
    this.#adopt(tree['frameTree'] as Fields);
  }

  get #binding(): string {
    return `b${this.key}`;
  }

  async #addScripts(): Promise<void> {
    const options: ScriptOptions = {
      ...this.#options,
      key: this.key,
      binding: this.#binding,
      onPreloadError: (error) => this.emit('preload-error', error),
    };
    const add = (source: string, worldName?: string): Promise<Fields> =>
      this.send(
        'Page.addScriptToEvaluateOnNewDocument',
        worldName === undefined ? { source } : { source, worldName },
      );
    const added = await Promise.all([
      add(mainWorldScript(options)),
      add(isolatedWorldScript(options), this.#world),
    ]);
    this.#scriptIds = added.map((each) => String(each['identifier']));
  }

  /** Reads the preload anew, as Electron does for every navigation. */
  async refreshScripts(): Promise<void> {
    const old = this.#scriptIds;
    await this.#addScripts();
    for (const identifier of old) this.tell('Page.removeScriptToEvaluateOnNewDocument', { identifier });
  }

  #adopt(tree: Fields): void {
    const fields = tree['frame'] as Fields;
    if (!this.frames.has(String(fields['id']))) this.#commit(fields);
    for (const child of (tree['childFrames'] as Fields[] | undefined) ?? []) this.#adopt(child);
  }

  #commit(fields: Fields): WebFrameMain {
    const id = String(fields['id']);
    this.#remove(id);
    const frame = new WebFrameMain(this, fields, ++lastProcessId);
    this.frames.set(id, frame);
    pageOfFrame.set(id, this);
    return frame;
  }

  #remove(id: string): void {
    const frame = this.frames.get(id);
    if (frame === undefined) return;
    for (const child of frame.frames) this.#remove(child.frameId);
    this.frames.delete(id);
    if (id !== this.targetId) pageOfFrame.delete(id);
    frame.die();
    for (const [context, owner] of this.#contexts) if (owner === frame) this.#contexts.delete(context);
  }

  #listen(): void {
    const on = (method: string, listener: (params: Fields) => void): void => {
      cdp().on(method, listener, this.sessionId);
    };
    on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.frames.get(String(parentFrameId));
      const fields = {
        id: frameId,
        parentId: parentFrameId,
        loaderId: '',
        url: '',
        securityOrigin: parent?.origin,
      };
      this.emit('frame-attached', this.#commit(fields));
    });
    on('Page.frameNavigated', ({ frame: fields, type }) => {
      const before = this.frames.get(String((fields as Fields)['id']))?.url ?? '';
      const frame = this.#commit(fields as Fields);
      this.isCrashed = false;
      this.emit('committed', frame, before, type);
    });
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.frames.get(String(frameId));
      frame?.moveTo(String(url));
      if (frame) this.emit('moved', frame);
    });
    on('Page.frameDetached', ({ frameId }) => this.#remove(String(frameId)));
    on('Page.frameStartedNavigating', (params) => this.emit('navigating', params));
    on('Page.frameStartedLoading', ({ frameId }) => frameId === this.targetId && this.emit('started'));
    on('Page.frameStoppedLoading', ({ frameId }) => frameId === this.targetId && this.emit('stopped'));
    on('Page.loadEventFired', () => this.emit('loaded'));
    on('Page.domContentEventFired', () => this.emit('dom-ready'));
    on('Page.windowOpen', (params) => this.opening.push(params));
    on('Page.frameResized', () => this.emit('resized'));
    on('Page.javascriptDialogOpening', (params) => this.emit('dialog', params));
    on('Inspector.targetCrashed', () => {
      this.isCrashed = true;
      this.emit('crashed');
    });
    on('Runtime.consoleAPICalled', (params) => this.emit('console', params));
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.#binding) this.#receive(Number(executionContextId), String(payload));
    });
    on('Debugger.paused', ({ callFrames }) =>
      this.emit('paused', (callFrames as Fields[])[0]?.['callFrameId']),
    );
    on('Runtime.executionContextCreated', ({ context }) => this.#addContext(context as Fields));
  }

  #addContext(context: Fields): void {
    const aux = context['auxData'] as Fields | undefined;
    const frame = this.frames.get(String(aux?.['frameId']));
    if (!frame) return;
    const id = Number(context['id']);
    if (context['name'] === this.#world) frame.preloadContext = id;
    else if (aux?.['isDefault']) frame.mainContext = id;
    else return;
    this.#contexts.set(id, frame);
  }

  #receive(contextId: number, payload: string): void {
    const frame = this.#contexts.get(contextId);
    if (!frame) return;
    const message = JSON.parse(payload) as PageMessage;
    const port = this.#ports.get(Number(message['id']));
    if (message.t === 'port') port?.receive(String(message['data']));
    else if (message.t === 'port-close') port?.close();
    else this.emit('message', frame, message);
  }

  deliver(frame: WebFrameMain, message: object): void {
    if (frame.preloadContext === undefined || frame.isDestroyed()) return;
    this.tell('Runtime.callFunctionOn', {
      executionContextId: frame.preloadContext,
      functionDeclaration: `function (text) { globalThis[${JSON.stringify(this.key)}](text); }`,
      arguments: [{ value: JSON.stringify(message) }],
    });
  }

  /** Gives ports of the main process to a frame; the page gets real ports whose other ends speak to these. */
  attachPorts(frame: WebFrameMain, ports: readonly MessagePortMain[]): number[] {
    return ports.map((port) => this.#route(frame, ++this.#lastPort, (route) => port.moveTo(route)));
  }

  /** Ports that a frame sent to the main process. */
  adoptPorts(frame: WebFrameMain, ids: readonly number[]): MessagePortMain[] {
    return ids.map((id) => {
      const { port1, port2 } = MessagePortMain.pair();
      this.#route(frame, id, (route) => port2.moveTo(route));
      return port1;
    });
  }

  #route(frame: WebFrameMain, id: number, connect: (send: PortRoute['out']) => PortRoute): number {
    const out = {
      post: (data: string): void => this.deliver(frame, { t: 'port', id, data }),
      close: (): void => this.deliver(frame, { t: 'port-close', id }),
    };
    this.#ports.set(id, connect(out));
    return id;
  }

  async evaluate(contextId: number, code: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: code,
      contextId,
      userGesture,
      awaitPromise: true,
      returnByValue: true,
    });
    const details = exceptionDetails as Fields | undefined;
    if (details) {
      const exception = details['exception'] as Fields | undefined;
      const text = String(exception?.['description'] ?? exception?.['value'] ?? details['text']);
      throw new Error(text.split('\n')[0]?.replace(/^Error: /, ''));
    }
    return (result as Fields)['value'];
  }

  reloadFrame(frame: WebFrameMain): boolean {
    if (frame.mainContext === undefined) return false;
    this.tell('Runtime.evaluate', { expression: 'location.reload()', contextId: frame.mainContext });
    return true;
  }

  /** The window is gone, however it came about. */
  end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    for (const id of this.frames.keys()) pageOfFrame.delete(id);
    pageOfFrame.delete(this.targetId);
    this.#remove(this.targetId);
    for (const port of this.#ports.values()) port.close();
    cdp().forget(this.sessionId);
    this.emit('gone');
  }
}
