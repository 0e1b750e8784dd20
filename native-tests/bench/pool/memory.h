/* How much memory the allocators take for what was asked of them, each in a process of its own. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

#include "peer.h"

/* Prints the table. program: path of this program, which is started anew for each allocator. */
void memory_table(const char *program, const pool_peer **peers, size_t count, int quick);

/* The started program: measures one case and prints the figures for memory_table. */
int memory_child(const char *peer, const char *sizes, size_t live, size_t replacements);

#endif
