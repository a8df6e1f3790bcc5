import { allocateRequest, allocateSuccess, readStun } from './stun-message.js';

/** Returns whether the TURN server would accept this user's credential now. */
export type IsAlive = (username: string) => boolean;

export interface AllocationWatch {
  /** Returns whether the message may be passed to the server. */
  fromClient(message: Buffer): boolean;
  /** Returns whether the message may be passed to the client. */
  fromServer(message: Buffer): boolean;
  /** The credential has expired, and the allocation with it, even if the credential becomes valid again. */
  readonly isCut: boolean;
}

/**
 * Watches the messages of one client address. Its allocation belongs to the user whose request the server granted, and
 * lasts as long as that user's credential. A client without an allocation passes, so that an expired credential gets the server's own 401.
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
      // The server has now checked the password. The request alone proves nothing.
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

/** The first request of a client on a new socket, which does not know the realm yet. */
export function beginsAllocation(message: Buffer): boolean {
  const stun = readStun(message);
  return stun?.type === allocateRequest && stun.username === undefined;
}
