/** Environment variable with the path of the file that the probe writes its port to. */
export const PROBE_VARIABLE = 'TOPK_BENCH_PROBE';
