/** The names of the strings that both modes show. The part before the dot says where the string is shown. */
export type CustomerStringKey =
  | `answer.${'idle' | 'running' | 'good' | 'connects' | 'fair' | 'many-fail' | 'bad' | 'stopped' | 'not-loaded' | 'no-webrtc' | 'webrtc-blocked' | 'wrong-option'}`
  | `why.${'idle' | 'loading' | 'servers' | 'quality' | 'good' | 'tls-blocked' | 'mixed' | 'quality-fair' | 'quality-poor' | 'udp-blocked' | 'no-udp' | 'unmeasured' | 'stun-only' | 'credentials' | 'dns' | 'offline' | 'invalid' | 'no-relay' | 'stopped' | 'stopped-works' | 'no-webrtc' | 'webrtc-blocked' | 'wrong-option'}`
  | `load.${'secret-key' | 'invalid-api-key' | 'invalid-request' | 'not-found' | 'not-configured' | 'source-failed' | 'rate-limited' | 'server-error' | 'timeout' | 'network' | 'offline' | 'invalid-response' | 'other'}`
  | `line.${'connects' | 'quality' | 'strict' | 'unknown'}`
  | `connects.${'yes' | 'slow' | 'direct' | 'no'}`
  | `quality.${'good' | 'fair' | 'poor' | 'unmeasured' | 'numbers'}`
  | `strict.${'yes' | 'open' | 'no' | 'none' | 'detail'}`
  | `button.${'start' | 'stop' | 'again' | 'again-here' | 'share' | 'copy'}`
  | `progress.${'ways' | 'left'}`
  | `tested.${'at' | 'shared'}`
  | `said.${'copied' | 'copied-report' | 'copied-message' | 'shared' | 'not-copied'}`
  | 'simulated'
  | `message.${'title' | 'forward' | 'context' | 'lead' | 'lead-some' | 'dns' | 'protocol' | 'host' | 'ports' | 'then'}`
  | 'ways.title'
  | `way.${'udp' | 'tcp' | 'tls' | 'stun' | 'port' | 'ports' | 'partly' | 'address' | 'time' | 'delay' | 'loss' | 'codes' | 'stage'}`
  | `purpose.${'udp' | 'tcp' | 'tls' | 'stun'}`
  | `stage.${'none' | 'reached' | 'allocated' | 'relayed'}`
  | `status.${'ok' | 'unauthorized' | 'quota' | 'capacity' | 'refused' | 'dns' | 'unreachable' | 'timeout' | 'no-candidate' | 'invalid' | 'aborted' | 'error'}`
  | `advice.${'unauthorized' | 'quota' | 'capacity' | 'refused' | 'dns' | 'unreachable' | 'unreachable-tls' | 'timeout' | 'no-candidate' | 'no-candidate-udp' | 'invalid' | 'aborted' | 'error' | 'others-work'}`
  | `environment.${'title' | 'title-shared' | 'browser' | 'system' | 'connection' | 'app' | 'region' | 'version' | 'unknown'}`
  | `report.${'title' | 'page' | 'verdict' | 'quality' | 'load' | 'load-failed' | 'loaded' | 'codes' | 'region' | 'webrtc' | 'stopped' | 'valid'}`;

/** The names of the strings that developer mode adds. */
export type DeveloperStringKey =
  | `strip.${'title' | 'idle' | 'found'}`
  | `regions.${'title' | 'lead' | 'all' | 'compare' | 'use' | 'used' | 'nearest' | 'tied' | 'tied-many' | 'scale' | 'running'}`
  | `tab.${'configuration' | 'code' | 'report' | 'log' | 'earlier'}`
  | 'tabs.title'
  | `configuration.${'lead' | 'none'}`
  | `code.${'module' | 'script' | 'keep-fresh' | 'element'}`
  | `report.${'none' | 'text' | 'json' | 'download' | 'print'}`
  | `log.${'lead' | 'load' | 'new-page' | 'reload' | 'delete' | 'deleted' | 'time' | 'source' | 'took' | 'servers'}`
  | `source.${'memory' | 'indexeddb' | 'network' | 'stale' | 'fallback'}`
  | `earlier.${'none' | 'same' | 'answer' | 'changed'}`
  | `state.${'works' | 'partly' | 'fails' | 'open'}`;
