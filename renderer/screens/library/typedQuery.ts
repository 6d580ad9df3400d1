// A field whose text is asked for as it is typed, and which anybody else may ask for something as well.

export interface Field {
  readonly text: string
  /** What is looked for, as the field last heard. */
  readonly asked: string
  /** What it asked for itself. */
  readonly own: string
}

export type FieldEvent = { readonly typed: string } | { readonly asks: string } | { readonly asked: string }

/** The same field where nothing follows from it. */
export function fieldAfter(field: Field, event: FieldEvent): Field {
  if ('typed' in event) return { ...field, text: event.typed }
  if ('asks' in event) return { ...field, own: event.asks }
  const { asked } = event
  if (asked === field.asked) return field
  return asked === field.own ? { ...field, asked } : { text: asked, asked, own: asked }
}
