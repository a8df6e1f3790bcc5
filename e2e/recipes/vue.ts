import { createIceServersLoader } from 'ice-servers-loader';
import { defineComponent, h, onUnmounted, shallowRef, type ShallowRef } from 'vue';

const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123' });

export function useIceServers(): { configuration: ShallowRef<RTCConfiguration | undefined>; error: ShallowRef<Error | undefined> } {
  const configuration = shallowRef<RTCConfiguration>();
  const error = shallowRef<Error>();
  const leave = new AbortController();
  onUnmounted(() => leave.abort());
  loader.load({ signal: leave.signal }).then(
    (loaded) => (configuration.value = loaded),
    (reason: Error) => (error.value = reason),
  );
  return { configuration, error };
}

export const IceServers = defineComponent(() => {
  const { configuration, error } = useIceServers();
  return () => h('p', error.value?.message ?? (configuration.value ? `servers from ${loader.status?.source}` : 'loading'));
});
