import { allocateRequest, allocateSuccess, readStun } from './stun-message.js';

/** Whether the TURN server would accept this user's pair now. */
export type IsAlive = (username: string) => boolean;

export interface AllocationWatch {
  /** Whether the message may go on to the server. */
  fromClient(message: Buffer): boolean;
  /** Whether the message may go on to the client. */
  fromServer(message: Buffer): boolean;
  /** The pair is dead, and with it this allocation, even if the pair should come back. */
  readonly isCut: boolean;
}

/**
 * Watches the messages of one client address. Its allocation belongs to the user whose request the server granted, and
 * lives as long as that user's pair. A client without an allocation passes, so that a dead pair gets the server's own 401.
 */
export function watchAllocation(isAlive: IsAlive, note: (event: 'allocated' | 'cut', username: string) => void): AllocationWatch {
  let asked: { readonly transactionId: string; readonly username: string } | undefined;
  let owner: string | undefined;
  let isCut = false;

  const passes = (): boolean => {
    if (!isCut && owner !== undefined && !isAlive(owner)) {
      isCut = true;
      note('cut', owner);
    }
    return !isCut;
  };

  return {
    fromClient: (message) => {
      const stun = readStun(message);
      if (stun?.type === allocateRequest && stun.username !== undefined) {
        asked = { transactionId: stun.transactionId, username: stun.username };
      }
      return passes();
    },
    fromServer: (message) => {
      const stun = readStun(message);
      // The server has checked the password by now; the request alone proves nothing.
      if (asked && stun?.type === allocateSuccess && stun.transactionId === asked.transactionId) {
        owner = asked.username;
        asked = undefined;
        note('allocated', owner);
      }
      return passes();
    },
    get isCut() {
      return isCut;
    },
  };
}

/** How a client on a new socket begins: it does not know the realm yet. */
export function beginsAllocation(message: Buffer): boolean {
  const stun = readStun(message);
  return stun?.type === allocateRequest && stun.username === undefined;
}
