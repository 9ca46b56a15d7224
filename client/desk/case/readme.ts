/** What a case says of itself, file by file, in both languages: in order, a paragraph each. */
export const README: Readonly<Record<"ar" | "en", readonly string[]>> = {
  ar: [
    "ملفّ قضيّة أُخرج من «أمانة»، الصيغة amana/case/1. فيه بلاغات أرسلها أشخاص إلى منظمة إغاثة ائتمانًا. قد يتعرّض بعضهم للأذى إن عُرف أنهم أبلغوا: يجب إبقاؤه مقفلًا، وألّا يُنسخ منه إلا ما يلزم، وأن يُتلَف حين يؤدي غرضه.",
    "case.json – ما هذه القضيّة: يوم صنعها، والعضو الذي صنعها (by)، وسبب وجود بلاغات تُحجب عادةً (reason)، وأحداثها، وكل بلاغ مع مجلّده ورقمه (id) ويوم وصوله (received) وعلاماته وما قاله مُرسِله عنه لاحقًا (since: ‏withdraw = سُحب، no_longer_true = لم يعد صحيحًا، correct = تصحيح، reply = رد). يعدّ left_out بلاغات الحدث غير الموجودة هنا: withdrawn سحبها مُرسِلوها، flagged عليها علامة حسّاسة، uncounted لم يحتسبها الأعضاء، unticked لم تُختَر. قيمة opened هي whole حيث قُرئ البلاغ، وإلا فهي تقول لماذا لم يُقرأ.",
    "reports/…/envelope.bin – البلاغ كما وصل تمامًا، مختومًا، والمفتاح يبقى لدى المنظمة. مجموع SHA-256 له هو رقم البلاغ (id)، وهو مذكور في الإيصال الذي تسلّمه هاتف المُرسِل. من لديه ذلك الإيصال يستطيع إثبات أنه هذا البلاغ.",
    "reports/…/report.json – ما يقوله البلاغ المختوم: نوعه ولغته وكل الإجابات والملاحظة. لم يُنزع منه إلا سرّ صندوق بريد المُرسِل، إذ به يستطيع أي أحد الكتابة باسمه.",
    "reports/…/assessments.json – كل نسخة مما قرّره الأعضاء بشأنه، الأقدم أولًا: من، وفي أي يوم وأي ساعة (UTC)، والرموز.",
    "reports/…/notes.json – ملاحظات الفريق، حيث أُخرجت أيضًا. قيمة text هي null حيث تعذّر فتح الملاحظة.",
    "reports/…/letter.json – ما ردّ به المكتب على المُرسِل، حيث وُجد رد وأُخرج أيضًا.",
    "custody.json – ما يقوله سجل المنظمة عن هذه البلاغات، الأقدم أولًا: من فتحها ومن تولّاها ومن قيّمها ومن كتب ملاحظة عليها ومن أخرجها، وفي أي يوم. العضو الفارغ هو سطر الأوامر. السجل سلسلة: digest هو SHA-256 للنص amana/1/audit تليه البايتات الاثنتان والثلاثون لـ before ثم JSON للقائمة [seq, day, member, act, subject] بلا فراغات. يعدّ others بلاغات أخرى يذكرها القيد نفسه ولا تُذكر هنا، ولا يمكن حساب digest من هذا الملف إلا حيث يكون 0. تستطيع المنظمة إثبات أن سجلها ما زال يضم كل قيد ورأس السلسلة head: ‏amana audit verify --head SEQ:DIGEST.",
    "words.json – معاني الرموز الواردة في الملفات الأخرى، بالعربية والإنكليزية.",
    "SHA256SUMS – مجاميع كل الملفات الأخرى، ويتحقق منها الأمر sha256sum -c SHA256SUMS.",
  ],
  en: [
    "A case taken out of Amana, format amana/case/1. It holds reports that people sent to an aid organisation in confidence. Some of them could be harmed if it became known that they reported: keep it locked, copy nothing out of it that you do not need, and destroy it when it has served.",
    "case.json – What this case is: the day it was made, the member who made it (by), why reports that are usually held back are in it (reason), its events, and every report with its folder, its number (id), the day on which it arrived (received), its flags, and what its sender said of it later (since: withdraw = taken back, no_longer_true, correct, reply). left_out counts the reports of an event that are not here: withdrawn by their senders, flagged as sensitive, uncounted by the members, or unticked. opened is whole where the report was read; otherwise it says why not.",
    "reports/…/envelope.bin – The report exactly as it arrived, sealed; the key stays with the organisation. Its SHA-256 is the id of the report and stands in the receipt that the sender’s phone was given. Whoever has that receipt can show that it is this report.",
    "reports/…/report.json – What the sealed report says: its kind, its language, all answers, the note. Only the secret of the sender’s mailbox has been taken out: with it anybody could write in the sender’s name.",
    "reports/…/assessments.json – Every version of what members decided on it, oldest first: who, on which day and in which hour (UTC), and the codes.",
    "reports/…/notes.json – Notes of the team, where they were taken out too. text is null where a note could not be opened.",
    "reports/…/letter.json – What the desk answered the sender, where there was an answer and it was taken out too.",
    "custody.json – What the organisation’s record says of these reports, oldest first: who opened, took over, assessed, annotated and took them out, on which day. An empty member is the command line. The record is a chain: digest is SHA-256 over the text amana/1/audit, the 32 bytes of before, and the JSON of [seq, day, member, act, subject] without spaces. others counts further reports that the same entry names and that are not told of here; only where it is 0 can the digest be worked out from this file. The organisation can show that its record still holds every entry and the head: amana audit verify --head SEQ:DIGEST.",
    "words.json – What the codes in the other files mean, in Arabic and English.",
    "SHA256SUMS – The sums of all other files; sha256sum -c SHA256SUMS checks them.",
  ],
};
