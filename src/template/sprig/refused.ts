/** Functions that the controller has and that nobody can foretell: each is refused with the reason. */
import { type FunctionMap, refused } from '../go/function';

const EVERY_RENDER = 'its result differs on every render, so the Application would change for ever';
const CLOCK = 'it reads the clock, so its result differs on every render';
const KEYS = 'it makes or reads keys, which have no place in an Application that everybody may read';

/** Every function that is refused, with the reason. */
export const REFUSED_FUNCTIONS: Readonly<Record<string, string>> = {
  ...each('randAlphaNum randAlpha randAscii randNumeric randInt randBytes shuffle uuidv4', EVERY_RENDER),
  ...each('now ago', CLOCK),
  ...each('bcrypt htpasswd encryptAES genPrivateKey genCA genCAWithKey genSelfSignedCert', EVERY_RENDER),
  ...each('genSelfSignedCertWithKey genSignedCert genSignedCertWithKey', EVERY_RENDER),
  ...each('derivePassword buildCustomCert', KEYS),
};

function each(names: string, reason: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, reason]));
}

export const REFUSED: FunctionMap = Object.fromEntries(
  Object.entries(REFUSED_FUNCTIONS).map(([name, reason]) => [name, refused(reason)]),
);
