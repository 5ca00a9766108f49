// Checks the signatures of mails against the one key that there is; prints what mailauth makes of each.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';

const [folder, name, text] = process.argv.slice(2);
const resolver = async (asked, type) => {
  if (asked === name && type === 'TXT') {
    return [text.match(/.{1,255}/g)];
  }
  throw Object.assign(new Error('No such name'), { code: 'ENOTFOUND' });
};
for (const file of readdirSync(folder).sort()) {
  const { results } = await dkimVerify(readFileSync(join(folder, file)), { resolver });
  const [result] = results;
  const verdict = results.length === 1 ? result.status.result : `${results.length} signatures`;
  console.log(file, verdict, result?.status.aligned, result?.algo, result?.format);
}
