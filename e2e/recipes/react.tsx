import { useEffect, useState, type ReactNode } from 'react';
import { startCall, type CallOptions } from './call';

/** Define `join` outside the component, or with `useCallback`: a new function starts a new call. */
export function Call({ join, isCaller }: Omit<CallOptions, 'signal'>): ReactNode {
  const [channel, setChannel] = useState<RTCDataChannel>();
  const [text, setText] = useState('Connecting');

  useEffect(() => {
    const unmount = new AbortController();
    const { signal } = unmount;
    startCall({ join, isCaller, signal }).then(
      (opening) => {
        opening.onopen = () => setChannel(opening);
        opening.onmessage = ({ data }) => setText(data);
      },
      (error: Error) => {
        if (!signal.aborted) setText(error.message);
      },
    );
    return () => unmount.abort();
  }, [join, isCaller]);

  return (
    <section>
      <p>{text}</p>
      <button disabled={!channel} onClick={() => channel?.send('Hello')}>
        Say hello
      </button>
    </section>
  );
}
