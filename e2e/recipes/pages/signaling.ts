import type { Signaling } from '../call.js';

const { port1, port2 } = new MessageChannel();

/** What the two ends of a call in one page have for signaling. */
export const joinNear = (): Signaling => asSignaling(port1);
export const joinFar = (): Signaling => asSignaling(port2);

function asSignaling(port: MessagePort): Signaling {
  return Object.assign(port, { send: (message: string) => port.postMessage(message) });
}
