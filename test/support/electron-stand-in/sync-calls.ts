// ipcRenderer.sendSync: the page stops at a `debugger` statement, its variable is set from outside, and it goes on. Only
// pages whose preload names sendSync have a debugger attached at all.
import type { Page } from './page.ts';

type Pending = { readonly call: number; isAnswered: boolean; data: string };

export class SyncCalls {
  readonly #page: Page;
  #pending: Pending | undefined;
  #callFrameId: string | undefined;

  constructor(page: Page) {
    this.#page = page;
    page.on('paused', (callFrameId: string) => {
      this.#callFrameId = callFrameId;
      if (this.#pending === undefined) page.tell('Debugger.resume');
      else this.#finish();
    });
  }

  /**
   * `ask` gets the function that carries the answer back; undefined means that nobody listened.
   * @param call number of the call in its page
   */
  begin(call: number, ask: (reply: (data: string | undefined) => void) => void): void {
    const pending: Pending = { call, isAnswered: false, data: '' };
    this.#pending = pending;
    ask((data) => {
      pending.isAnswered = true;
      pending.data = data ?? '';
      this.#finish();
    });
  }

  #finish(): void {
    const pending = this.#pending;
    if (!pending?.isAnswered || this.#callFrameId === undefined) return;
    const callFrameId = this.#callFrameId;
    this.#callFrameId = undefined;
    // Another debugging client may set the page running in between: it then stops again, and is answered again.
    // The page may stand in the next call already, before the answer to this one was seen to have arrived.
    const expression = `call === ${String(pending.call)} && (reply = ${JSON.stringify(pending.data)})`;
    this.#page.send('Debugger.evaluateOnCallFrame', { callFrameId, expression }).then(
      () => {
        if (this.#pending === pending) this.#pending = undefined;
      },
      () => {},
    );
    this.#page.tell('Debugger.resume');
  }
}
