import { inject, InjectionToken, NgZone } from '@angular/core';
import { createIceServersLoader, keepFresh } from 'ice-servers-loader';

/** A pending timer keeps Angular's zone, and with it the app, from ever becoming stable, so the timers of the loader start outside the zone. */
export const ICE_SERVERS = new InjectionToken('ICE servers', {
  providedIn: 'root',
  factory: () => {
    const zone = inject(NgZone);
    const loader = createIceServersLoader({ appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', autoRefresh: true });
    return {
      load: (signal?: AbortSignal) => zone.runOutsideAngular(() => loader.load({ signal })),
      keepFresh: (connection: RTCPeerConnection) => zone.runOutsideAngular(() => keepFresh(connection, loader)),
    };
  },
});
