import { Device } from 'mediasoup-client';
import { createSendTransport } from '../mediasoup-client.js';

// What a mediasoup server would send; nobody answers there.
const fromServer = {
  id: 'transport',
  iceParameters: { usernameFragment: 'user', password: 'password', iceLite: true },
  iceCandidates: [],
  dtlsParameters: {
    role: 'auto' as const,
    fingerprints: [{ algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => '00').join(':') }],
  },
};

window.carry = async () => {
  const device = new Device({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: { codecs: [], headerExtensions: [] } });
  const transport = await createSendTransport(device, fromServer);
  return transport.id;
};
