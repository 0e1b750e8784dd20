/* The processor's own counter. */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

/* 1 when it counts at an even rate, in all sleep states, alike on all cores, as far as processor and kernel tell; else 0. */
int rancog_counter_is_usable(void);

/* The counter, read after everything that this thread read before. */
uint64_t rancog_counter_read(void);

#endif
