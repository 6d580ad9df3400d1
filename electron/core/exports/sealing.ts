// What the vault lends to lock an export and to open one: the same passphrase check and the same sealed streams as its own.
export interface Sealing {
  readonly stretcher: {
    readonly calibrate: (passphrase: string) => Promise<{ readonly key: Buffer; readonly settings: Stretching }>
    readonly stretch: (passphrase: string, settings: Stretching) => Promise<Buffer>
  }
  readonly isSafe: (settings: Stretching) => boolean
  readonly createSealer: (key: Uint8Array) => Disposable & {
    readonly header: Uint8Array
    readonly push: (bytes: Uint8Array) => Uint8Array[]
    readonly end: () => Uint8Array
  }
  readonly unseal: (read: (length: number) => Uint8Array, key: Uint8Array) => Generator<Uint8Array>
  /** Whether what failed is the sealed stream itself. */
  readonly isDamage: (error: unknown) => boolean
  readonly wipe: (key: Uint8Array) => void
}

interface Stretching {
  readonly algorithm: 'argon2id'
  readonly memoryKiB: number
  readonly passes: number
  readonly salt: string
}
