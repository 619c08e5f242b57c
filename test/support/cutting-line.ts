// A line between a client and a server of the tests that cuts itself at a chosen word: before it is passed on, or after, so that it was
// heard and its answer never comes.
import net from 'node:net';

export type CuttingLine = {
  readonly port: number;
  /** Cuts once, at the next message that holds the word. `before`: it never arrives. `after`: it does, and no answer comes back. */
  readonly cutAt: (word: string, when: 'before' | 'after') => void;
  /** How often it was cut. */
  readonly cuts: () => number;
  readonly close: () => Promise<void>;
};

export const startCuttingLine = async (serverPort: number): Promise<CuttingLine> => {
  let armed: { readonly word: string; readonly when: 'before' | 'after' } | undefined;
  let cuts = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const target = net.connect(serverPort, '127.0.0.1');
    let isCut = false;
    const end = (): void => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      if (isCut) return;
      const { word, when } = armed ?? { word: '', when: 'before' };
      if (word === '' || !bytes.includes(word)) {
        target.write(bytes);
        return;
      }
      armed = undefined;
      isCut = true;
      cuts += 1;
      if (when === 'before') end();
      // Given time to be heard and done; the answer is dropped.
      else target.write(bytes, () => setTimeout(end, 400));
    });
    target.on('data', (bytes) => {
      if (!isCut) client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    cutAt: (word, when) => {
      armed = { word, when };
    },
    cuts: () => cuts,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
};
