/**
 * How far two sounds are apart: as people hear them, carry them over from one alphabet into the other, or type them in
 * haste. All in hundredths of the price of another consonant.
 */

/** All sounds; the place of a sound in here is its number. What is in no alphabet of ours is the last one. */
const ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىtsdzhkgθδcaeiou0123456789?";
export const COUNT = ALPHABET.length;

const CONSONANT = 100;

/** What a missing sound costs where that is not a consonant's price. */
const MISSING: readonly (readonly [cost: number, sounds: string])[] = [
  [12, "aeiou"],
  [18, "ةى"],
  [22, "عا"],
  [32, "ي"],
  [40, "و"],
  [50, "هh"],
];

/** Pairs that are taken for one another, by what that costs: letters of one sound first, those of one shape last. */
const NEAR: readonly (readonly [cost: number, pairs: string])[] = [
  [0, "تt سs دd زz كk حh هh اa ةa ةe يi وu وo ىa ثθ ذδ"],
  [5, "طt صs ضd ظδ ظz قk قg ةه ةh ةt ةا ىي ىا ىe ىi يe اe ou ae ei"],
  [12, "زذ ذz ضz دδ ةت ةi كc قc kc gk جg غg θt سθ sθ ثs ثt ia ao au iu io eo eu"],
  [12, "اi اo اu يa وa عa عe عi عo عu"],
  [20, "سث تث تθ هت طθ صط هح ذد ذd ضظ ضδ ظd دض زظ خh كق كg سص zδ اع طت"],
  [30, "حخ وا يا يو ةي ىه وف خk cs سc جc هخ شs شc كخ زδ زd zd"],
  [45, "غق غh غر غج غخ زس sz صz سz شس شج جz قا قع خق وب بف"],
  [65, "بت بن بي تن ثن نم نل لر رز در دت دط dt دج صض طظ جح جخ فق هg"],
];

const numbers = new Map([...ALPHABET].map((sound, at) => [sound, at]));

/** A sound as its number. */
const numberOf = (sound: string): number => numbers.get(sound) ?? COUNT - 1;

/** Sounds as numbers. */
export const numbersOf = (sounds: string): Uint8Array => Uint8Array.from([...sounds], numberOf);

/** By number: what a sound costs that is missing. */
export const missing = new Int32Array(COUNT).fill(CONSONANT);

/** By number times COUNT plus number: what a sound costs in the place of another. */
export const instead = new Int32Array(COUNT * COUNT).fill(CONSONANT);

function setBoth(one: number, other: number, cost: number): void {
  instead[one * COUNT + other] = cost;
  instead[other * COUNT + one] = cost;
}

for (const [cost, sounds] of MISSING) {
  for (const sound of sounds) missing[numberOf(sound)] = cost;
}
for (const [cost, pairs] of NEAR) {
  for (const pair of pairs.split(" ")) {
    setBoth(numberOf(pair.charAt(0)), numberOf(pair.charAt(1)), cost);
  }
}
for (let sound = 0; sound < COUNT; sound += 1) setBoth(sound, sound, 0);

const LAM = numberOf("ل");
const VOWELS = numbersOf("اaeiou");

/** Whether sounds begin with an article. */
export const hasArticle = (sounds: ArrayLike<number>): boolean =>
  sounds[1] === LAM && VOWELS.includes(sounds[0] as number);
