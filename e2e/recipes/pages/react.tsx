import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Call } from '../react.js';
import { joinFar, joinNear } from './signaling.js';

const root = createRoot(document.querySelector('main')!);
root.render(
  <StrictMode>
    <Call join={joinNear} isCaller />
    <Call join={joinFar} isCaller={false} />
  </StrictMode>,
);
window.unmount = () => root.unmount();
