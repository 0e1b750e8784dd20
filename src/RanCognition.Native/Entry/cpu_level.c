#include "cpu_level.h"

#if defined(__x86_64__)

#include <cpuid.h>

#define BIT(n) (1u << (n))

/* CPUID leaf 1, ecx: SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT; leaf 0x80000001, ecx: LAHF. */
#define V2_LEAF1_ECX (BIT(0) | BIT(9) | BIT(13) | BIT(19) | BIT(20) | BIT(23))
#define V2_EXTENDED_ECX BIT(0)

/* Leaf 1, ecx: FMA, MOVBE, OSXSAVE, AVX, F16C; leaf 7, ebx: BMI1, AVX2, BMI2; extended: LZCNT. */
#define V3_LEAF1_ECX (BIT(12) | BIT(22) | BIT(27) | BIT(28) | BIT(29))
#define V3_LEAF7_EBX (BIT(3) | BIT(5) | BIT(8))
#define V3_EXTENDED_ECX BIT(5)

/* Leaf 7, ebx: AVX-512 F, DQ, CD, BW, VL. */
#define V4_LEAF7_EBX (BIT(16) | BIT(17) | BIT(28) | BIT(30) | BIT(31))

/* What the system saves of a thread's registers (XCR0): SSE and AVX; with the mask registers and the upper halves of AVX-512. */
#define SAVES_AVX (BIT(1) | BIT(2))
#define SAVES_AVX512 (SAVES_AVX | BIT(5) | BIT(6) | BIT(7))

static int has(unsigned value, unsigned bits)
{
    return (value & bits) == bits;
}

static unsigned saved_state(void)
{
    unsigned low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

int32_t rancognition_cpu_level(void)
{
    unsigned eax, ebx, ecx, edx, leaf1, leaf7 = 0, extended = 0, saved;
    if (!__get_cpuid(1, &eax, &ebx, &leaf1, &edx)) {
        return 1;
    }
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx)) {
        leaf7 = ebx;
    }
    if (__get_cpuid(0x80000001, &eax, &ebx, &ecx, &edx)) {
        extended = ecx;
    }
    if (!has(leaf1, V2_LEAF1_ECX) || !has(extended, V2_EXTENDED_ECX)) {
        return 1;
    }
    if (!has(leaf1, V3_LEAF1_ECX) || !has(leaf7, V3_LEAF7_EBX) || !has(extended, V3_EXTENDED_ECX)) {
        return 2;
    }
    saved = saved_state(); /* OSXSAVE is set: the instruction may be used */
    if (!has(saved, SAVES_AVX)) {
        return 2;
    }
    return has(leaf7, V4_LEAF7_EBX) && has(saved, SAVES_AVX512) ? 4 : 3;
}

#else

int32_t rancognition_cpu_level(void)
{
    return 0;
}

#endif
