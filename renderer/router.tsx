// Which address shows which screen. Addresses live behind the #, so the same links work in a browser and on the desktop.
import {
  type RouterHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Shell } from './shell/Shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: () => null })
const toHome = () => redirect({ to: '/', throw: true })

const settings = createRoute({
  getParentRoute: () => root,
  path: 'settings',
  component: lazyRouteComponent(() => import('./screens/settings/Settings.tsx'), 'Settings'),
})

const section = <const P extends string>(
  path: P,
  load: () => Promise<Record<string, () => React.ReactNode>>,
  name: string,
) => createRoute({ getParentRoute: () => settings, path, component: lazyRouteComponent(load, name) })

const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/home/Home.tsx'), 'Home'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: 'activity',
    component: lazyRouteComponent(() => import('./screens/activity/Activity.tsx'), 'Activity'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: 'left',
    component: lazyRouteComponent(() => import('./screens/left/Left.tsx'), 'Left'),
  }),
  settings.addChildren([
    createRoute({
      getParentRoute: () => settings,
      path: '/',
      beforeLoad: () => redirect({ to: '/settings/security', replace: true, throw: true }),
    }),
    section('security', () => import('./screens/settings/Security.tsx'), 'Security'),
    section('backups', () => import('./screens/settings/Backups.tsx'), 'Backups'),
    section('appearance', () => import('./screens/settings/Appearance.tsx'), 'AppearanceSection'),
    section('keyboard', () => import('./screens/settings/Keyboard.tsx'), 'Keyboard'),
    section('about', () => import('./screens/settings/About.tsx'), 'About'),
  ]),
  // Whatever else stands behind the # leads home instead of to an empty page.
  createRoute({ getParentRoute: () => root, path: '$', beforeLoad: toHome }),
])

/**
 * One for every time the vault is open: a router that left the page in the middle of a navigation waits for its end for
 * ever, and no longer looks at the address when it comes back.
 */
export const createAppRouter = (history: RouterHistory) =>
  createRouter({ routeTree: routes, history, defaultPreload: 'intent', scrollRestoration: false })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: AppRouter
  }
}
