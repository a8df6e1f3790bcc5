import { createIceServersLoader } from 'ice-servers-loader';
import { useEffect, useState, type ReactNode } from 'react';

const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });

export function useIceServers(): { configuration?: RTCConfiguration; error?: Error } {
  const [result, setResult] = useState({});
  useEffect(() => {
    const leave = new AbortController();
    loader.load({ signal: leave.signal }).then(
      (configuration) => setResult({ configuration }),
      (error: Error) => leave.signal.aborted || setResult({ error }),
    );
    return () => leave.abort();
  }, []);
  return result;
}

export function IceServers(): ReactNode {
  const { configuration, error } = useIceServers();
  return <p>{error?.message ?? (configuration ? `servers from ${loader.status?.source}` : 'loading')}</p>;
}
