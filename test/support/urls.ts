/** A STUN URL and a TURN URL of each transport, all of one host. */
export const host = 'turn.example';
export const stun = `stun:${host}:80`;
export const udp = `turn:${host}:80`;
export const tcp = `turn:${host}:80?transport=tcp`;
export const tls = `turns:${host}:443?transport=tcp`;
