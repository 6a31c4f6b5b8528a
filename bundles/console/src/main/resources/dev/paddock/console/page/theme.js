// Before anything is painted, so that a dark page never flashes white. The chat page keeps the choice, too.
try {
  const theme = JSON.parse(localStorage.getItem('paddock.settings') ?? '{}').theme;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or not ours: the system's choice stands.
}
