// Electron's protocol module: which scheme is privileged, and who answers a scheme in which session.
import type { CustomScheme } from 'electron';
import { registerScheme } from './schemes.ts';
import { shared } from './state.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

export class Protocol {
  readonly handlers = new Map<string, ProtocolHandler>();

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    if (!this.handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme) || ['http', 'https', 'file', 'data', 'blob', 'about'].includes(scheme);
  }
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (shared.isReady) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges } of schemes) registerScheme(scheme, privileges ?? {});
  }
}
