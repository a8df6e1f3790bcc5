import type { Text } from 'yjs';

declare global {
  interface Window {
    /** Every connection that the page made. */
    connections: RTCPeerConnection[];
    /** The signal of every request that the page made. */
    signals: AbortSignal[];
    /** Sends a text to another end, and resolves with what came there. */
    carry: (text: string, port: number) => Promise<string>;
    /** Has one libp2p node of the page dial another, which is found at a relay's address. */
    dialOver: (relay: string) => Promise<void>;
    /** Sends another text over the connection that is there. */
    again: (text: string) => Promise<string>;
    /** Has one end's loader ask for new servers. */
    rotate: (end: 'near' | 'far') => Promise<unknown>;
    connectAgain: () => Promise<void>;
    /** Creates a connection that gathers its candidates before it is used. */
    prepare: () => Promise<void>;
    /** How many offers one end made. */
    offers: number;
    share: (port: number) => Promise<void>;
    /** What the tabs share. */
    text: Text;
    /** What a test does in an Angular app, inside its zone. */
    angular: {
      whenStable: () => Promise<void>;
      keepFresh: () => void;
      /** Loads with a loader that was not created outside the zone. */
      loadInside: () => Promise<void>;
      hasTimers: () => boolean;
    };
    /** Resolves once an Angular app is stable. */
    whenStable: () => Promise<void>;
    unmount: () => void | Promise<void>;
  }
}
