import { get, set } from 'idb-keyval';
import ky from 'ky';

// No contender: the two dependencies, and nothing that uses them.
Object.assign(window, { get, set, ky });
