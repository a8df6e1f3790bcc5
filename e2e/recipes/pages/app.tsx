import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app.js';
import { startCall, type Signaling } from '../call.js';
import { joinFar, joinNear } from './signaling.js';

/** Starts the other end with the call, which sends back what it receives. */
function join(): Signaling {
  void startCall({ join: joinFar, isCaller: false, signal: new AbortController().signal }).then(({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(data);
  });
  return joinNear();
}

const root = createRoot(document.querySelector('main')!);
root.render(
  <StrictMode>
    <App join={join} isCaller />
  </StrictMode>,
);
window.unmount = () => root.unmount();
