// The cases through the web server on loopback, signed in as a page is.
import { describeApiOver } from './suite.ts'
import { http } from './transports/http.ts'

describeApiOver(http)
