import { loader, prepareConnection, takeConnection } from '../ready-connection.js';

window.prepare = prepareConnection;
window.rotate = () => loader.load({ cache: 'reload' });

window.carry = async (text) => {
  const [near, far] = [await takeConnection(), await takeConnection()];
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined);
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined);
  const channel = near.createDataChannel('chat');
  channel.onopen = () => channel.send(text);
  const received = new Promise<string>((resolve) => {
    far.ondatachannel = (event) => {
      event.channel.onmessage = ({ data }) => resolve(String(data));
    };
  });
  await near.setLocalDescription();
  await far.setRemoteDescription(near.localDescription!);
  await far.setLocalDescription();
  await near.setRemoteDescription(far.localDescription!);
  return received;
};
