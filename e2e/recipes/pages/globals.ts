import type { Text } from 'yjs';

declare global {
  interface Window {
    /** Every connection that the page made. */
    connections: RTCPeerConnection[];
    /** The signal of every request that the page made. */
    signals: AbortSignal[];
    /** Sends a text to another end, and resolves with what came there. */
    carry: (text: string, port: number) => Promise<string>;
    share: (port: number) => Promise<void>;
    /** What the tabs share. */
    text: Text;
    unmount: () => void | Promise<void>;
  }
}
