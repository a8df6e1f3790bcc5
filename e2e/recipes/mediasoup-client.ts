import { loadRTCConfiguration } from 'ice-servers-loader';
import type { Device, types } from 'mediasoup-client';

export async function createSendTransport(device: Device, fromServer: types.TransportOptions): Promise<types.Transport> {
  const configuration = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
  return device.createSendTransport({ ...fromServer, ...configuration });
}
