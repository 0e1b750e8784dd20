/* The processor's own counter. */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

/* Gives the counter, read after everything that the calling thread read before. */
typedef uint64_t (*rancog_counter)(void);

/* NULL when there is none that counts at an even rate, in all sleep states, alike on all cores, as far as processor and kernel tell. */
rancog_counter rancog_counter_reader(void);

#endif
