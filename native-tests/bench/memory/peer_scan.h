/* The plainest way to search: every row, by this compiler's best loop for this processor. And how fast the machine can read at all. */
#ifndef MEMORY_PEER_SCAN_H
#define MEMORY_PEER_SCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The k nearest by L2, k <= 64; nearest first. */
void scan_nearest(const float *rows, size_t count, const float *query, size_t k, uint32_t *nearest);

/* Sum of the words: reads each once. */
uint64_t scan_words(const uint64_t *words, size_t count);

#ifdef __cplusplus
}
#endif

#endif
