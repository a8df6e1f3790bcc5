import { loadRTCConfiguration } from 'ice-servers-loader';
import { Room } from 'livekit-client';

export async function join(url: string, token: string): Promise<Room> {
  const rtcConfig = await loadRTCConfiguration({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });
  const room = new Room();
  await room.connect(url, token, { rtcConfig });
  return room;
}
