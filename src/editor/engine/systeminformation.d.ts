/** The one module of `systeminformation` that is used; its index would put all of them into the bundle. */
declare module 'systeminformation/lib/battery' {
  const battery: () => Promise<{
    readonly hasBattery: boolean;
    readonly acConnected: boolean;
    readonly isCharging: boolean;
    /** 0 to 100. */
    readonly percent: number;
  }>;
  export = battery;
}
