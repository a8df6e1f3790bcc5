import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConnectivityTest } from '../element/react.js';

const root = createRoot(document.querySelector('main')!);
root.render(
  <StrictMode>
    <ConnectivityTest onReport={(report) => (document.title = report.outcome)} />
  </StrictMode>,
);
window.unmount = () => root.unmount();
