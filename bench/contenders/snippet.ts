import type { Load } from './contender.js';

// What Metered documents: https://www.metered.ca/docs/turn-rest-api/get-credential
const load: Load = async (address) => {
  const response = await fetch(address);
  const iceServers = (await response.json()) as RTCIceServer[];
  return { iceServers };
};

window.load = load;
