// Words that a question is made of and that say nothing of what it is about. They are left out where only some of the words
// have to be found; whoever types nothing else is looked for with them.

const english = `a about after all also am an and any are as at be because been before being but by can could did do does doing
  don for from get got had has have having he her here him his how i if in into is it its just like me more most my no nor not of
  off on or our out over own s said same she should so some such t than that the their them then there these they this those
  through to too up us very was we were what when where which while who whom whose why will with would you your`
const german = `aber alle als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem einen einer
  es für hab habe haben hat hatte hatten ich ihr im in ist ja kann man mein meine meinem meinen meiner mich mir mit nach nicht noch
  nur ob oder sein sich sie sind so um und uns unser vom von vor wann war waren warum was welche wem wen wenn wer wie wir wird wo
  zu zum zur`

export const smallWords: ReadonlySet<string> = new Set([...english.split(/\s+/u), ...german.split(/\s+/u), 'fur'])
