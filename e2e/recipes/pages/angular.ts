// oxlint-disable import/no-unassigned-import -- the zone and the compiler work by being imported
import 'zone.js';
import '@angular/compiler';
import { Component, inject, NgZone, provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { createIceServersLoader } from 'ice-servers-loader';
import { ICE_SERVERS } from '../angular.js';

/** Written without decorators, which a page without Angular's own build does not have. */
const App = Component({ selector: 'main', template: '{{ text }}' })(
  class {
    text = 'loading';

    constructor() {
      void inject(ICE_SERVERS)
        .load()
        .then(() => (this.text = 'loaded'));
    }
  },
);

void bootstrapApplication(App, { providers: [provideZoneChangeDetection()] }).then((app) => {
  const zone = app.injector.get(NgZone);
  const iceServers = app.injector.get(ICE_SERVERS);
  window.angular = {
    whenStable: () => app.whenStable(),
    keepFresh: () => zone.run(() => iceServers.keepFresh(new RTCPeerConnection())),
    loadInside: () =>
      zone.run(async () => {
        const options = { appName: 'demo', apiKey: '0123456789abcdef0123456789abcdef0123', autoRefresh: true };
        await createIceServersLoader({ ...options, storage: 'memory' }).load();
      }),
    hasTimers: () => zone.hasPendingMacrotasks,
  };
});
