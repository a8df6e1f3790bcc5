'use client';

import { Call } from '../react';

/** Your signaling. `send` throws before the socket is open. */
function join(): Promise<WebSocket> {
  const socket = new WebSocket('wss://signaling.example.com/room');
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error('The signaling server cannot be reached.'));
  });
}

export function CallRoom({ isCaller }: { isCaller: boolean }) {
  return <Call join={join} isCaller={isCaller} />;
}
