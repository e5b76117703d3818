import battery from 'systeminformation/lib/battery';

/**
 * Whether this machine runs from its battery. Asks the system (a file on Linux, a process elsewhere). Only where the mains
 * are surely off: a full battery that is neither charging nor seen on AC is one on a charger that the library does not know.
 */
export async function isOnBatteryPower(): Promise<boolean> {
  const { hasBattery, acConnected, isCharging, percent } = await battery();
  return hasBattery && !acConnected && !isCharging && percent < 99;
}
