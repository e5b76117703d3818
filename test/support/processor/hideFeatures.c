// Preloaded into a program on Linux x86-64, makes it see an older processor: the CPUID instruction faults
// (arch_prctl ARCH_CPUID, Intel since Ivy Bridge and recent AMD), and the handler answers without the bits of newer vector
// units. Libraries that choose their kernels by CPUID, as ONNX Runtime does, then choose those of the older processor.
//
// TOPK_PROCESSOR: "avx2" (no AVX-512, VNNI or AMX: Haswell, Zen 2), "avx-vnni" (no AVX-512 or AMX: Alder Lake) or
// "avx-512" (no VNNI or AMX: the first Skylake servers). The setting and this library reach child processes by the environment.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef ARCH_SET_CPUID
#define ARCH_SET_CPUID 0x1012
#endif

typedef int (*sigaction_function)(int, const struct sigaction *, struct sigaction *);

static const char *processor;
static sigaction_function real_sigaction;
// What the program itself wants to happen at a fault that is not ours (Node resets every handler when it starts).
static struct sigaction of_program = {.sa_handler = SIG_DFL};

static void cpuid(uint32_t leaf, uint32_t subleaf, uint32_t answer[4]) {
  __asm__ volatile("cpuid" : "=a"(answer[0]), "=b"(answer[1]), "=c"(answer[2]), "=d"(answer[3]) : "a"(leaf), "c"(subleaf));
}

static void clear_bits(uint32_t *word, const int *bits, int count) {
  for (int i = 0; i < count; i++) *word &= ~(UINT32_C(1) << bits[i]);
}
#define CLEAR(word, ...) clear_bits(&(word), (const int[]){__VA_ARGS__}, sizeof((int[]){__VA_ARGS__}) / sizeof(int))

enum { EAX, EBX, ECX, EDX };

// Bit numbers: Intel SDM volume 2, CPUID, leaf 7.
static void hide(uint32_t leaf, uint32_t subleaf, uint32_t answer[4]) {
  if (leaf != 7) return;
  int has_avx512 = strcmp(processor, "avx-512") == 0;
  int has_avx_vnni = strcmp(processor, "avx-vnni") == 0;
  if (subleaf == 0) {
    if (!has_avx512) {
      CLEAR(answer[EBX], 16, 17, 21, 26, 27, 28, 30, 31); // F, DQ, IFMA, PF, ER, CD, BW, VL
      CLEAR(answer[ECX], 1, 6, 12, 14);                   // VBMI, VBMI2, BITALG, VPOPCNTDQ
    }
    CLEAR(answer[ECX], 11);                        // AVX512_VNNI
    CLEAR(answer[EDX], 2, 3, 8, 22, 23, 24, 25);   // 4VNNIW, 4FMAPS, VP2INTERSECT, AMX_BF16, FP16, AMX_TILE, AMX_INT8
  } else if (subleaf == 1) {
    if (!has_avx_vnni) CLEAR(answer[EAX], 4);      // AVX_VNNI
    CLEAR(answer[EAX], 5, 21, 23);                 // AVX512_BF16, AMX_FP16, AVX_IFMA
    CLEAR(answer[EDX], 4, 5, 8, 10, 19);           // AVX_VNNI_INT8, AVX_NE_CONVERT, AMX_COMPLEX, AVX_VNNI_INT16, AVX10
  }
}

static void on_fault(int signal, siginfo_t *info, void *context) {
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  // A CPUID that is not allowed raises a general protection fault, which names no address.
  if (info->si_code == SI_KERNEL && memcmp((const void *)registers[REG_RIP], "\x0f\xa2", 2) == 0) {
    uint32_t leaf = registers[REG_RAX], subleaf = registers[REG_RCX], answer[4];
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, 1); // of this thread alone
    cpuid(leaf, subleaf, answer);
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0);
    hide(leaf, subleaf, answer);
    registers[REG_RAX] = answer[EAX], registers[REG_RBX] = answer[EBX];
    registers[REG_RCX] = answer[ECX], registers[REG_RDX] = answer[EDX];
    registers[REG_RIP] += 2;
    return;
  }
  if (of_program.sa_flags & SA_SIGINFO) of_program.sa_sigaction(signal, info, context);
  else if (of_program.sa_handler != SIG_DFL && of_program.sa_handler != SIG_IGN) of_program.sa_handler(signal);
  else real_sigaction(SIGSEGV, &(struct sigaction){.sa_handler = SIG_DFL}, NULL); // ends the program when it faults again
}

static sigaction_function next_sigaction(void) {
  if (!real_sigaction) real_sigaction = (sigaction_function)dlsym(RTLD_NEXT, "sigaction");
  return real_sigaction;
}

// Keeps the handler above in place, whatever the program sets.
int sigaction(int signal, const struct sigaction *action, struct sigaction *before) {
  if (signal != SIGSEGV || processor == NULL) return next_sigaction()(signal, action, before);
  if (before) *before = of_program;
  if (action) of_program = *action;
  return 0;
}

__attribute__((constructor)) static void start(void) {
  const char *wanted = getenv("TOPK_PROCESSOR");
  if (wanted == NULL) return;
  if (strcmp(wanted, "avx2") != 0 && strcmp(wanted, "avx-vnni") != 0 && strcmp(wanted, "avx-512") != 0) {
    fprintf(stderr, "TOPK_PROCESSOR is %s; it may be avx2, avx-vnni or avx-512.\n", wanted);
    _exit(2);
  }
  struct sigaction ours = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  next_sigaction()(SIGSEGV, &ours, NULL);
  processor = wanted;
  if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0) != 0) {
    fprintf(stderr, "This processor or kernel does not let CPUID fault: TOPK_PROCESSOR=%s cannot be had here.\n", wanted);
    _exit(2);
  }
}
