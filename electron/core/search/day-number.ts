// Days as whole numbers, and the place of an item in the index: by its day first. Whoever walks the index from its end
// therefore meets the newest first, and a span of days is a span of the index.

import { dayMs, startOfDay } from '../days.ts'

/** Day 0 is the first of January of the year 0. */
const daysBefore1970 = 719_528

export const dayNumber = (day: string): number => startOfDay(day) / dayMs + daysBefore1970

/** Room for two thousand million items under each day; the sum stays within 2^53, which JavaScript counts exactly. */
const placesADay = 2 ** 31
export const firstPlaceOf = (day: number): number => day * placesADay
export const placeOf = (day: number, item: number): number => firstPlaceOf(day) + item
export const itemAt = (place: number): number => place % placesADay
export const dayAt = (place: number): number => Math.floor(place / placesADay)
