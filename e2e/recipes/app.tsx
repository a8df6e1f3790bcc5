import { useEffect, useState, type ReactNode } from 'react';
import { resumeSession, signIn, signOut } from './account';
import type { CallOptions } from './call';
import { Call } from './react';

export function App({ join, isCaller }: Pick<CallOptions, 'join' | 'isCaller'>): ReactNode {
  const [user, setUser] = useState<string>();

  useEffect(() => {
    resumeSession().then(setUser, console.warn);
  }, []);

  const enter = () => {
    signIn('ada').then(setUser, console.warn);
  };
  const leave = () => {
    setUser(undefined); // unmounts the call, and so ends it
    signOut().catch(console.warn);
  };

  if (!user) return <button onClick={enter}>Sign in</button>;
  return (
    <>
      <Call join={join} isCaller={isCaller} />
      <button onClick={leave}>Sign out</button>
    </>
  );
}
