/** Words that people put beside a name: what kind of place it is, and how they come to speak of it. */
import { wordsOf } from "./spelling.ts";

const FILLERS = `
  قرية ضيعة بلدة بلد مدينة حي حارة ناحية منطقة محافظة مركز ريف مزرعة ساحل جزيرة ضاحية ضواحي
  قرب جنب بجانب بجنب جوار عند من في الى على حوالي اطراف محيط وسط داخل خارج شمال جنوب شرق غرب كل
  مفرق طريق اوتستراد شارع دوار جسر حاجز مشفى مدرسة جامع مسجد كنيسة كراج قاعدة مطار مخيم
  near nearby next to by in at from around outside outskirts of the and on
  village town city hamlet neighbourhood neighborhood quarter district subdistrict area region
  province governorate countryside coast island center centre north south east west street road
  base airbase airport camp hay qaryat qariyat day3a dayaa madinat baldat rif ville pres de du gund`;

/** A filler without its article, its last letter in one spelling. */
const plain = (word: string): string =>
  word
    .replace(/^ال(?=..)/, "")
    .replace(/ة$/, "ه")
    .replace(/ى$/, "ي");

const known = new Set(wordsOf(FILLERS).map(plain));

/** Whether a word is one of those, an Arabic preposition written to it or not. */
export const isFiller = (word: string): boolean =>
  known.has(plain(word)) || known.has(plain(word.replace(/^[وبلف](?=...)/, "")));
