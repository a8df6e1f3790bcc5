import { generate } from 'selfsigned';
import { turnHosts } from '../regions.js';

export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A self-signed certificate for every name that leads to the local TURN server. No browser trusts it by default. */
export async function createCertificate(): Promise<Certificate> {
  const names = ['localhost', ...turnHosts];
  const { cert, private: privateKey } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...names.map((value) => ({ type: 2 as const, value })), { type: 7, ip: '127.0.0.1' }, { type: 7, ip: '::1' }],
      },
    ],
  });
  return { certificate: cert, privateKey };
}
