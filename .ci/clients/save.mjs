// The person's part alone, for a client that is not written in JavaScript.
import { opensTheMailAndSaves } from './person.mjs';

const matchPhrase = process.argv[4];
await opensTheMailAndSaves(matchPhrase, `Written after ${matchPhrase}`);
console.log('saved');
