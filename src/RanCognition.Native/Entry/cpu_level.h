/* What this machine could run, whatever this image was compiled for. */
#ifndef CPU_LEVEL_H
#define CPU_LEVEL_H

#include <stdint.h>

/* Level of the x86-64 psABI (1 to 4) that processor and operating system support together; 0 on other architectures.
 * Managed code asks for it, as it cannot read XCR0 itself. */
int32_t rancognition_cpu_level(void);

#endif
