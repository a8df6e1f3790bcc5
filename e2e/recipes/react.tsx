import { useEffect, useState, type ReactNode } from 'react';
import { describeFailure, startCall, type CallOptions } from './call';

/** Define `join` outside the component, or with `useCallback`: a new function starts a new call. */
export function Call({ join, isCaller }: Pick<CallOptions, 'join' | 'isCaller'>): ReactNode {
  const [channel, setChannel] = useState<RTCDataChannel>();
  const [text, setText] = useState('Connecting');
  const [canRetry, setCanRetry] = useState(false);
  const [retries, setRetries] = useState(0);

  useEffect(() => {
    const unmount = new AbortController();
    const { signal } = unmount;
    startCall({ join, isCaller, signal, isRetry: retries > 0 }).then(
      ({ channel: opening }) => {
        opening.onopen = () => setChannel(opening);
        opening.onmessage = ({ data }) => setText(data);
        opening.onclose = () => {
          setChannel(undefined);
          setText('The call has ended.');
        };
      },
      (error: unknown) => {
        if (signal.aborted) return;
        const failure = describeFailure(error);
        setText(failure.text);
        setCanRetry(failure.canRetry);
      },
    );
    return () => unmount.abort();
  }, [join, isCaller, retries]);

  const retry = () => {
    setText('Connecting');
    setCanRetry(false);
    setRetries(retries + 1);
  };

  return (
    <section>
      <p>{text}</p>
      {canRetry && <button onClick={retry}>Try again</button>}
      <button disabled={!channel} onClick={() => channel?.send('Hello')}>
        Say hello
      </button>
    </section>
  );
}
