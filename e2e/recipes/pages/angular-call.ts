// oxlint-disable import/no-unassigned-import -- the zone and the compiler work by being imported
import 'zone.js';
import '@angular/compiler';
import { Component, provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { CallComponent } from '../angular-call.js';
import { joinFar, joinNear } from './signaling.js';

/** Written without decorators, which a page without Angular's own build does not have. */
const App = Component({
  selector: 'main',
  imports: [CallComponent],
  template: '<app-call [join]="near" [isCaller]="true" /><app-call [join]="far" />',
})(
  class {
    near = joinNear;
    far = joinFar;
  },
);

void bootstrapApplication(App, { providers: [provideZoneChangeDetection()] }).then((app) => {
  window.unmount = () => app.destroy();
  window.whenStable = () => app.whenStable();
});
