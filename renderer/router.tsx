// Which address shows which screen. Addresses live behind the #, so the same links work in a browser and on the desktop.
import {
  type RouteComponent,
  type RouterHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Crash } from './ErrorBoundary.tsx'
import { Shell } from './shell/Shell.tsx'
import { type SettingsSection, settingsSections } from './words/places.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: () => null })
const toHome = () => redirect({ to: '/', throw: true })

const settings = createRoute({
  getParentRoute: () => root,
  path: 'settings',
  component: lazyRouteComponent(() => import('./screens/settings/Settings.tsx'), 'Settings'),
})

const library = createRoute({
  getParentRoute: () => root,
  path: 'library',
  component: lazyRouteComponent(() => import('./screens/library/Library.tsx'), 'Library'),
})

const sections: Record<SettingsSection, RouteComponent> = {
  security: lazyRouteComponent(() => import('./screens/settings/Security.tsx'), 'Security'),
  library: lazyRouteComponent(() => import('./screens/settings/LibrarySection.tsx'), 'LibrarySection'),
  models: lazyRouteComponent(() => import('./screens/settings/models/Models.tsx'), 'Models'),
  backups: lazyRouteComponent(() => import('./screens/settings/Backups.tsx'), 'Backups'),
  export: lazyRouteComponent(() => import('./screens/settings/Export.tsx'), 'Export'),
  appearance: lazyRouteComponent(() => import('./screens/settings/Appearance.tsx'), 'AppearanceSection'),
  keyboard: lazyRouteComponent(() => import('./screens/settings/Keyboard.tsx'), 'Keyboard'),
  about: lazyRouteComponent(() => import('./screens/settings/About.tsx'), 'About'),
}

const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./screens/home/Home.tsx'), 'Home'),
  }),
  library.addChildren([
    createRoute({ getParentRoute: () => library, path: '/' }),
    createRoute({
      getParentRoute: () => library,
      path: '$id',
      component: lazyRouteComponent(() => import('./screens/library/item/OpenItem.tsx'), 'OpenItem'),
    }),
  ]),
  createRoute({
    getParentRoute: () => root,
    path: 'library/trash',
    component: lazyRouteComponent(() => import('./screens/library/trash/Trash.tsx'), 'Trash'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: 'library/note/$name',
    component: lazyRouteComponent(() => import('./screens/library/note/NoteEditor.tsx'), 'NoteEditor'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: 'add',
    component: lazyRouteComponent(() => import('./screens/add/Add.tsx'), 'Add'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: 'add/$id',
    component: lazyRouteComponent(() => import('./screens/add/Import.tsx'), 'Import'),
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
    ...settingsSections.map((path) => createRoute({ getParentRoute: () => settings, path, component: sections[path] })),
  ]),
  // Whatever else stands behind the # leads home instead of to an empty page.
  createRoute({ getParentRoute: () => root, path: '$', beforeLoad: toHome }),
])

/**
 * One for every time the vault is open: a router that left the page in the middle of a navigation waits for its end for
 * ever, and no longer looks at the address when it comes back.
 */
export const createAppRouter = (history: RouterHistory) =>
  createRouter({
    routeTree: routes,
    history,
    defaultPreload: 'intent',
    scrollRestoration: false,
    defaultErrorComponent: Crash,
  })

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: AppRouter
  }
}
