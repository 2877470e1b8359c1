// Times as their reader says them: in the reader's zone and language, by a 24-hour clock.

import { languageOf, word } from "./words.js";

const STYLES = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { weekday: "long", day: "numeric", month: "long" },
  dayAndYear: { day: "numeric", month: "long", year: "numeric" },
  date: { day: "numeric", month: "short" },
  weekday: { weekday: "short" },
};
const formats = new Map();

function format(style, reader, moment) {
  const key = `${style}|${reader.locale}|${reader.timezone}`;
  if (!formats.has(key)) {
    const language = languageOf(reader.locale) === "en" ? "en-GB" : "zh-CN";
    formats.set(key, new Intl.DateTimeFormat(language, { ...STYLES[style], timeZone: reader.timezone }));
  }
  return formats.get(key).format(moment);
}

export function clockTime(reader, moment) {
  return format("time", reader, moment);
}

// "Thu 27 Nov, 10:00", 11月27日 周四 10:00.
export function fullMoment(reader, moment) {
  const [date, weekday] = [format("date", reader, moment), format("weekday", reader, moment)];
  const day = languageOf(reader.locale) === "en" ? `${weekday} ${date},` : `${date} ${weekday}`;
  return `${day} ${clockTime(reader, moment)}`;
}

export function shortMoment(reader, moment) {
  return `${format("weekday", reader, moment)} ${clockTime(reader, moment)}`;
}

// The calendar day in the reader's zone, as YYYY-MM-DD.
export function dayOf(reader, moment) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: reader.timezone }).format(moment);
}

// What an <input type="datetime-local"> understands, in the reader's zone.
export function wallClock(reader, moment) {
  return `${dayOf(reader, moment)}T${clockTime(reader, moment)}`;
}

export function dayName(reader, moment, now) {
  const day = dayOf(reader, moment);
  if (day === dayOf(reader, now)) return word(reader.locale, "today");
  if (day === dayOf(reader, new Date(now.getTime() - 86_400_000))) return word(reader.locale, "yesterday");
  const isNear = Math.abs(now - moment) < 300 * 86_400_000;
  return format(isNear ? "day" : "dayAndYear", reader, moment);
}

// The shortest that is clear in a list: the time today, else the day.
export function shortTime(reader, moment, now) {
  if (dayOf(reader, moment) === dayOf(reader, now)) return clockTime(reader, moment);
  const day = dayOf(reader, moment).split("-");
  return languageOf(reader.locale) === "en" ? `${Number(day[2])}/${Number(day[1])}` : `${Number(day[1])}/${Number(day[2])}`;
}
