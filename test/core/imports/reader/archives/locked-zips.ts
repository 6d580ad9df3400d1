// Archives locked with "open sesame", made by other programs than ours: Info-ZIP's zip (PKWARE's old lock) and zip.js, which
// locks as WinZip does (AES-256).
const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.join(''), 'base64')

export const lockedByPkware = bytesOf([
  'UEsDBBQACQAIAAdodV26t3RUNQAAACsAAAAFAAAAcGsubWTVxo28/r7UipaJEwOB1uT14DE3M+ftbITPqPmhbpvn+nsBrMRiBjMf',
  'TL7w824gWDxTvprUPlBLBwi6t3RUNQAAACsAAABQSwECHgMUAAkACAAHaHVdurd0VDUAAAArAAAABQAAAAAAAAABAAAApIEAAAAA',
  'cGsubWRQSwUGAAAAAAEAAQAzAAAAaAAAAAAA',
])

export const lockedByAes = bytesOf([
  'UEsDBDMACQBjABNodV0AAAAAAAAAAAAAAAAGABQAYWVzLm1kAZkHAAIAQUUDCABVVAUAAfaVAWu5ZXkq+ygTyDFsvE9nb7wvi/Mq',
  'vfNmjL+O59wyGNWIqav03L7tsiX50YyZC1oyGbRWYkC39RndlbIYrhEbUEsHCAAAAAA9AAAAIwAAAFBLAQIAAzMACQBjABNodV0A',
  'AAAAPQAAACMAAAAGABQAAAAAAAAAAACkgQAAAABhZXMubWQBmQcAAgBBRQMIAFVUBQAB9pUBa1BLBQYAAAAAAQABAEgAAACFAAAA',
  'AAA=',
])
