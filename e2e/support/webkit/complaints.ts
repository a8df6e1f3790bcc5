import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Complaint {
  readonly type: 'error' | 'warning';
  readonly text: string;
}

export interface Complaints {
  /** Stands first in a page, and tells what goes wrong there: the driver has no way to ask for the console. */
  readonly recorder: string;
  readonly heard: EventEmitter<{ complaint: [Complaint] }>;
  readonly stop: () => void;
}

const record = (address: string): void => {
  const page = window as unknown as { complaintsSent: Promise<unknown> };
  page.complaintsSent = Promise.resolve();
  const tell = (type: string, text: string): void => {
    const sending = fetch(address, { method: 'POST', mode: 'no-cors', body: JSON.stringify({ type, text }), keepalive: true });
    page.complaintsSent = Promise.all([page.complaintsSent, sending.catch(() => {})]);
  };
  for (const [name, type] of [
    ['error', 'error'],
    ['warn', 'warning'],
  ] as const) {
    const say = console[name];
    console[name] = (...values: unknown[]) => {
      tell(type, values.map(String).join(' '));
      say.apply(console, values);
    };
  }
  addEventListener('error', ({ message }) => tell('error', message));
  addEventListener('unhandledrejection', ({ reason }) => tell('error', String(reason)));
};

export const hearComplaints = async (): Promise<Complaints> => {
  const heard: Complaints['heard'] = new EventEmitter();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      heard.emit('complaint', JSON.parse(body) as Complaint);
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    recorder: `<script>(${String(record)})('http://127.0.0.1:${port}');</script>`,
    heard,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
