import { Component, inject, Input, NgZone, signal, type OnDestroy, type OnInit } from '@angular/core';
import { describeFailure, startCall, type CallOptions } from './call';

@Component({
  selector: 'app-call',
  template: `
    <p>{{ text() }}</p>
    <button [disabled]="!channel()" (click)="channel()?.send('Hello')">Say hello</button>
  `,
})
export class CallComponent implements OnInit, OnDestroy {
  @Input({ required: true }) join!: CallOptions['join'];
  @Input() isCaller = false;

  readonly channel = signal<RTCDataChannel | undefined>(undefined);
  readonly text = signal('Connecting');
  private readonly zone = inject(NgZone);
  private readonly destroyed = new AbortController();

  ngOnInit(): void {
    // keepFresh runs a timer. Inside the zone, a timer that never ends keeps the app from becoming stable.
    void this.zone.runOutsideAngular(() => this.start());
  }

  ngOnDestroy(): void {
    this.destroyed.abort();
  }

  private async start(): Promise<void> {
    try {
      const { channel } = await startCall({ join: this.join, isCaller: this.isCaller, signal: this.destroyed.signal });
      channel.onopen = () => this.channel.set(channel);
      channel.onmessage = ({ data }) => this.text.set(data);
      channel.onclose = () => {
        this.channel.set(undefined);
        this.text.set('The call has ended.');
      };
    } catch (error) {
      if (!this.destroyed.signal.aborted) this.text.set(describeFailure(error).text);
    }
  }
}
