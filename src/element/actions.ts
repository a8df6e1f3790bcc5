import { copyText, shareText } from './clipboard.js';
import type { DeveloperActions } from './developer-tools.js';
import { reportText } from './report-text.js';
import type { Host, Session } from './session.js';
import type { Actions } from './views/view-context.js';

/** Returns what the buttons of an element do. */
export function actionsOf(session: Session, host: Host, developerActions: DeveloperActions): Actions {
  return {
    start: () => session.start(),
    stop: () => session.stop(),
    share: () => void share(session),
    copy: (text, where) => void copyText(text).then((what) => session.say(where, what, text)),
    forgetSaid: () => session.dispatch({ type: 'said', said: undefined }),
    useRegion: (region) => {
      host.useRegion(region);
      session.say('regions', 'region', region);
    },
    ...developerActions,
  };
}

async function share(session: Session): Promise<void> {
  const { state, t } = session;
  const text = reportText(state.report!, t);
  const what = await shareText(t('report.title'), text);
  if (what !== 'cancelled') session.say('answer', what, text);
}
