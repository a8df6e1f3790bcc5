/** Message types of RFC 8656 that open an allocation. */
export const allocateRequest = 0x0003;
export const allocateSuccess = 0x0103;

export interface StunMessage {
  readonly type: number;
  /** Hexadecimal. A request and its response have the same ID. */
  readonly transactionId: string;
  /** Missing in a first request, which only requests the realm and a nonce. */
  readonly username: string | undefined;
}

const headerLength = 20;
const magicCookie = 0x2112a442;
const usernameAttribute = 0x0006;

/** Reads a STUN message (RFC 8489, 5). Returns `undefined` for anything else, such as relayed data in a channel. */
export function readStun(message: Buffer): StunMessage | undefined {
  if (message.length < headerLength || message.readUInt32BE(4) !== magicCookie) return undefined;
  const length = message.readUInt16BE(2);
  if (message.length < headerLength + length) return undefined;
  return {
    type: message.readUInt16BE(0),
    transactionId: message.toString('hex', 8, headerLength),
    username: readAttribute(message.subarray(headerLength, headerLength + length), usernameAttribute)?.toString(),
  };
}

function readAttribute(attributes: Buffer, wanted: number): Buffer | undefined {
  let offset = 0;
  while (offset + 4 <= attributes.length) {
    const length = attributes.readUInt16BE(offset + 2);
    const start = offset + 4;
    if (attributes.readUInt16BE(offset) === wanted) return attributes.subarray(start, start + length);
    offset = start + padded(length);
  }
  return undefined;
}

/**
 * Cuts a stream into STUN messages and channel data (RFC 8656, 12.5), which is all that TURN over TCP carries.
 * Returns `undefined` after anything else.
 */
export function messageSplitter(): (chunk: Buffer) => Buffer[] | undefined {
  let rest: Buffer = Buffer.alloc(0);

  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= 4) {
      const end = streamLength(rest);
      if (end === undefined) return undefined;
      if (rest.length < end) break;
      messages.push(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
    return messages;
  };
}

/** The first two bits distinguish the two. */
function streamLength(start: Buffer): number | undefined {
  const length = start.readUInt16BE(2);
  const kind = start.readUInt8(0) >> 6;
  if (kind === 0) return headerLength + length;
  return kind === 1 ? padded(4 + length) : undefined;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
