import { createIceServersLoader, type IceServersLoader } from 'ice-servers-loader';

const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });

// A failure during a call arrives here, because no `load` is pending. The call continues for now.
loader.addEventListener('error', ({ detail }) => console.warn(detail.code, detail.message));

export function getLoader(): IceServersLoader {
  return loader;
}
