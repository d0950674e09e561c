import { connect, type Socket } from 'node:net';

/** A connection on which a test writes and reads bytes as they are. */
export interface RawConnection {
  readonly socket: Socket;
  /** Writes these lines, with CRLF between them. */
  write(...lines: readonly string[]): void;
  /** What has arrived so far. */
  received(): string;
  /** Everything that has arrived by the time the service ends the connection. */
  readonly ended: Promise<string>;
}

/** Opens a connection to a service; its own side stays open when the service ends the connection. */
export async function openConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  // A reset after the response is no failure: `received` tells what came before it.
  socket.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    for (const event of ['end', 'close'])
      socket.once(event, () => {
        resolve(text);
      });
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    write: (...lines) => void socket.write(lines.join('\r\n')),
    received: () => text,
    ended,
  };
}

/** The statuses of the responses in this text. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));

/** Writes to a chunked body until the service ends the connection. Returns how many bytes it got rid of. */
export async function writeEndlessly({ socket, ended }: RawConnection): Promise<number> {
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
  const whenEnded = ended.then(() => 'ended');
  for (;;) {
    const whenReady = socket.write(chunk)
      ? new Promise(setImmediate)
      : new Promise((resolve) => socket.once('drain', resolve));
    if ((await Promise.race([whenEnded, whenReady])) === 'ended') break;
  }
  socket.destroy();
  return socket.bytesWritten;
}
