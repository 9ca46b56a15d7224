/**
 * What notes speak of, in Arabic and in English: two witnesses seldom use the same words, and not always the same
 * language. A word means a concept when it begins with one of its stems; an Arabic one behind what is written to it.
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
  berm: سواتر ساتر تراب berm barrier | leaflet: منشور مناشير ورقات leaflet flyer | message: رسال رسايل message
  headmaster: مدير headmaster principal director | teacher: معلم استاذ اساتذ teacher | pupil: طلاب تلميذ تلاميذ pupil student
  office: مكتب office | driver: سايق سواق driver | taxi: تكسي تاكسي taxi | farmer: فلاح مزارع farmer | shepherd: راعي رعي shepherd
  sheep: غنم اغنام ماشي مواشي sheep cattle livestock | pharmacy: صيدلي pharmac | wheat: قمح wheat | harvest: محصول حصاد harvest crop
  tractor: تركتور جرار tractor | pump: مضخ pump | well: بئر ابار well | generator: مولد generator | fuel: مازوت بنزين fuel diesel petrol
  station: كازي محط station | goods: بضاع goods | pickup: بيك pickup | gold: ذهب gold jewel | money: مصار فلوس نقود money cash
  brother: اخي اخوي اخو brother | father: ابي ابوي والد father | mother: امي والدت mother | son: ابني ابنه ولدي son sons
  daughter: بنتي ابنتي daughter | husband: زوجي جوزي husband | wife: زوجت مرتي wife | wedding: عرس زفاف wedding
  guest: مضاف guesthouse | stairs: درج stair | wood: حطب firewood | rain: مطر امطار rain | snow: ثلج تلج snow
  sniper: قنص قناص sniper | gunfire: نار رشق gunfire | explosion: انفجار انفجر explosion explod blast | collapse: انهد انهار انهيار collaps
  square: ساح square | court: محكم قصر court courthouse | prison: سجن prison jail | ransom: فدي ransom | beaten: ضرب beat beaten
  leg: رجل ساق leg | head: راس head | back: ظهر back | border: حدود border | turned: رجعو turned
  pregnant: حامل حوامل pregnant | funeral: دفن جناز جثث جثه جثة bury buried funeral bodies corpse`;

/** What happened or where people are, by the codes of the form, as notes speak of it. */
const CATEGORIES = `
  clashes: اشتبك اشتباك معرك clash fighting battle | shelling: قصف قذيف قذايف قذائ هاون shell mortar bombard
  killing: قتل قتيل قتلي شهيد شهدا اعدم اعدام مجزر kill murder shot execut massacre dead
  house_search: تفتيش فتش مداهم داهم search raid | detention: اعتقل اعتقال خطف اخدو اخذو detain arrest abduct taken took
  missing: مفقود missing | arson: حرق حريق ولع burn arson torch fire | looting: نهب سرق loot stole robb
  threat: هدد تهديد threat | checkpoint: حاجز checkpoint | curfew: حظر تجول curfew
  road_closed: مقطوع قطعو مسكر مغلق سواتر ساتر انفتح فتحو closed blocked berm reopen | protest: مظاهر تظاهر اعتصام protest demonstr
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

/** What Arabic writes to the beginning of a word: and, in, to, the; he, we; and the forms that verbs and nouns take. */
const WRITTEN_TO = /^[وف]?[بلكعس]?(?:ال|ل)?[ايتنم]{0,2}$/u;
/** What it writes to the end of one. */
const ENDING = /^(?:ه|ها|هم|هن|نا|ي|ك|كم|كن|ني|و|وا|وه|وها|وهم|ت|ات|تين|ين|ون|ان|ا|ى|يه|ة|ية)?$/u;
/** So short a stem begins other words, too. */
const SHORT = 3;

function startsBehind(word: string, stem: string): boolean {
  const at = word.indexOf(stem);
  if (at < 0 || !WRITTEN_TO.test(word.slice(0, at))) return false;
  return stem.length > SHORT || ENDING.test(word.slice(at + stem.length));
}

function meant(word: string, known: readonly Meaning[]): readonly string[] {
  const fits = isLatin(word)
    ? (stem: string) => word.startsWith(stem)
    : (stem: string) => startsBehind(word, stem);
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

/** Words that every note may hold: they say nothing of what it tells. */
const EMPTY = new Set(
  `اليوم مبارح امبارح هلق هلا الان منذ بعد قبل حتى الى على علي عند عنا هون هنا هناك هاد هاي هذا هذه ذلك الذي التي يلي اللي
  كان كانت صار صارت وصار عنا معنا معه معها معهم نحن انا هو هي هم كل كلهم كلنا بعض غير فقط بس جدا كتير كثير شي شوي اكثر اقل
  حوالي تقريبا نحو وما ولا مافي حدا احد ناس الناس اشخاص شخص الوضع وضع يوم ايام ساعه ساعة انو انه لانو مشان بدنا عدنا وقت
  that this there they them their have been were with from into near about very today yesterday people some many
  more most last next just only also still then here when what which where because before after over under`
    .split(/\s+/)
    .filter(Boolean),
);

/** Whether a word is one that every note may hold. `word` is in small letters and without marks. */
export const isEmpty = (word: string): boolean => EMPTY.has(word);

/** A word of either alphabet without what is written to it: one language's own, the same for most forms of the word. */
export function stemOf(word: string): string {
  if (isLatin(word)) return word.replace(/(?:ing|ed|es|s)$/u, "");
  const inner = word.replace(/^[وفبل](?=....)/u, "");
  return inner.replace(/(?<=...)(?:هم|هن|ها|نا|وا|ات|ين|ون|يه|ية|ه|ة|ي|ت)$/u, "");
}

/** The number that a word says; undefined for none. Small ones say little and are left out. */
export function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word) > 2 ? Number(word) : undefined;
  return NUMBERS.find(([beginning]) => word.startsWith(beginning))?.[1];
}
