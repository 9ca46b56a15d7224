/**
 * What notes speak of, in Arabic and in English: two witnesses seldom use the same words, and not always the same
 * language. A word means a concept when it contains one of its Arabic stems or begins with one of its English ones.
 *
 * Left out is what the form asks anyway (killed, taken, calm): those answers are compared as answers.
 */
import { isLatin } from "../../shared/spelling.ts";

const CONCEPTS = `
  smoke: دخان smoke | highway: وتستراد وتوستراد highway motorway | walking: مشي اقدام walk foot
  baby: رضع رضيع حليب baby babies infant milk | cold: بردان بارد غطا غطي بطاني blanket cold freez
  base: قاعد airbase base | airport: مطار airport | building: بناي building block | door: باب door
  young: شباب شاب young teenag youth | bus: باص bus van | white: ابيض بيضا white | black: اسود سودا black
  curfew: حظر تجول curfew | patrol: دوري patrol | loudspeaker: مكبر loudspeaker megaphone
  armed: مسلح armed gunm | masked: ملثم masked | uniform: بدل لباس uniform | roof: سطح roof | friday: جمعه جمعة friday
  dawn: فجر dawn | morning: صبح صباح morning | noon: ظهر noon midday | afternoon: عصر afternoon | night: ليل night tonight
  evening: مسا مغرب evening | shell: قذيف قذايف قذائ هاون shell mortar | rocket: صاروخ صواريخ rocket missile
  school: مدرس مدارس school | mosque: جامع مسجد mosque | church: كنيس church | hospital: مشف مستشف hospital clinic
  water: مياه مويه خزان صهريج water | truck: شاحن صهريج truck tanker lorry | car: سيار car cars vehicle
  motorbike: دراج موتور motorbike motorcycle | bridge: جسر bridge | road: طريق road | bullets: رصاص shots gunfire shooting
  diabetes: سكري انسولين diabet insulin | medicine: دوا دواء medicin | wall: سور سياج wall fence
  bakery: فرن افران خبز baker bread | shop: محلات دكان متجر shop store market | loot: نهب سرق loot stole robb
  olive: زيتون olive | field: بستان بساتين حقل field orchard grove | forest: حرش غابه غابة forest wood
  river: نهر وادي river valley | sea: بحر مرفا sea port | farm: مزرع farm | factory: معمل factory | tent: خيم خيام tent
  floor: ارض فرش ground floor mattress | toilet: حمام مراحيض toilet latrine | electricity: كهرب electric power
  phone: هاتف موبايل جوال phone | name: اسما هوي identity names list | elder: ختيار مسن عجوز elder old
  women: نسا بنات بنت women woman girl | child: طفل اطفال اولاد ولاد child kids | doctor: طبيب دكتور doctor
  ambulance: اسعاف ambulance | relative: قرايب اقارب اقرب relative cousin uncle aunt | neighbour: جار جيران neighbour neighbor
  checkpoint: حاجز checkpoint | tank: دباب مدرع tank armoured | plane: طيران مروحي مسير plane helicopter drone
  burnt: حرق ولع نار burn fire flame torch | houses: بيت بيوت منزل منازل house home | families: عيل عايل عائل اسر famil
  search: فتش مداهم داهم search raid | crowd: مظاهر تظاهر هتاف protest crowd demonstr | threat: هدد تهديد threat
  room: متسع مكان غرف room space | closed: سكر مغلق مقطوع closed shut | mine: لغم الغام mine unexploded
  pregnant: حامل حوامل pregnant | funeral: دفن جناز جثث جثه جثة bury buried funeral bodies corpse`;

/** What happened or where people are, by the codes of the form, as notes speak of it. */
const CATEGORIES = `
  clashes: اشتبك اشتباك معرك clash fighting battle | shelling: قصف قذيف قذايف قذائ هاون shell mortar bombard
  killing: قتل قتيل قتلي شهيد شهدا اعدم اعدام مجزر kill murder shot execut massacre dead
  house_search: تفتيش فتش مداهم داهم search raid | detention: اعتقل اعتقال خطف اخدو اخذو detain arrest abduct taken took
  missing: مفقود missing | arson: حرق حريق ولع burn arson torch fire | looting: نهب سرق loot stole robb
  threat: هدد تهديد threat | checkpoint: حاجز checkpoint | curfew: حظر تجول curfew
  road_closed: مقطوع قطعو مسكر مغلق closed blocked | protest: مظاهر تظاهر اعتصام protest demonstr
  explosive: لغم الغام منفجر صاروخ mine unexploded rocket
  near_base: قاعد مطار base airport airbase | open_air: عرا حرش برا open outside forest | tents: خيم خيام tent
  school: مدرس school | worship: جامع مسجد كنيس mosque church`;

type Meaning = { readonly name: string; readonly stems: readonly string[] };

const meanings = (text: string): readonly Meaning[] =>
  text
    .split(/[|\n]/)
    .map((entry) => entry.split(":"))
    .filter(([, stems]) => stems !== undefined)
    .map(([name = "", stems = ""]) => ({ name: name.trim(), stems: stems.trim().split(/\s+/) }));

const CONCEPT_MEANINGS = meanings(CONCEPTS);
const CATEGORY_MEANINGS = meanings(CATEGORIES);

function meant(word: string, known: readonly Meaning[]): readonly string[] {
  const fits = isLatin(word)
    ? (stem: string) => word.startsWith(stem)
    : (stem: string) => word.includes(stem);
  return known.filter(({ stems }) => stems.some(fits)).map(({ name }) => name);
}

/** The concepts that a word means, mostly none or one. `word` is in small letters and without marks. */
export const conceptsOf = (word: string): readonly string[] => meant(word, CONCEPT_MEANINGS);

/** The codes of what happened, or of a kind of shelter, that a word names. */
export const categoriesOf = (word: string): readonly string[] => meant(word, CATEGORY_MEANINGS);

/** Words for numbers as they are said of people and things, by their beginning, the longer ones first. */
const NUMBERS: readonly (readonly [beginning: string, value: number])[] = [
  ["اربعين", 40],
  ["اربعون", 40],
  ["ثلاثين", 30],
  ["تلاتين", 30],
  ["عشرين", 20],
  ["خمسين", 50],
  ["ستين", 60],
  ["سبعين", 70],
  ["ثمانين", 80],
  ["تمانين", 80],
  ["تسعين", 90],
  ["ميتين", 200],
  ["مئتي", 200],
  ["مايه", 100],
  ["مائة", 100],
  ["مئة", 100],
  ["ميه", 100],
  ["اتنعش", 12],
  ["طنعش", 12],
  ["خمسطعش", 15],
  ["عشره", 10],
  ["عشرة", 10],
  ["ثلاث", 3],
  ["تلات", 3],
  ["اربع", 4],
  ["خمس", 5],
  ["سبع", 7],
  ["ثمان", 8],
  ["تمان", 8],
  ["تسع", 9],
  ["fourteen", 14],
  ["fifteen", 15],
  ["sixteen", 16],
  ["seventeen", 17],
  ["eighteen", 18],
  ["nineteen", 19],
  ["forty", 40],
  ["fifty", 50],
  ["sixty", 60],
  ["seventy", 70],
  ["eighty", 80],
  ["ninety", 90],
  ["twenty", 20],
  ["thirty", 30],
  ["hundred", 100],
  ["twelve", 12],
  ["eleven", 11],
  ["thirteen", 13],
  ["three", 3],
  ["four", 4],
  ["five", 5],
  ["seven", 7],
  ["eight", 8],
  ["nine", 9],
  ["six", 6],
  ["ten", 10],
];

/** The number that a word says; undefined for none. Small ones say little and are left out. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word) > 2 ? Number(word) : undefined;
  return NUMBERS.find(([beginning]) => word.startsWith(beginning))?.[1];
}
