import { CallRoom } from './call-room';

type Props = { searchParams: Promise<{ role?: string }> };

export default async function Page({ searchParams }: Props) {
  const { role } = await searchParams;
  return <CallRoom isCaller={role === 'caller'} />;
}
