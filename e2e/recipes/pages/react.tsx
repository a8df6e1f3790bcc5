import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { IceServers } from '../react.js';

const root = createRoot(document.querySelector('main')!);
root.render(
  <StrictMode>
    <IceServers />
  </StrictMode>,
);
window.unmount = () => root.unmount();
