/* Tells a forked child from the process that used the library, before any managed code is entered.
 *
 * The threads that were in the library at the fork are not there in the child, and what they held is never given back: to enter managed code
 * there may wait for ever for a collection that nobody finishes. So each exported function (entry.c) looks here first, at the cost of one
 * memory read. One page is marked MADV_WIPEONFORK: the kernel hands a child a page of zeros. vfork and posix_spawn share the parent's page
 * until exec and change nothing. A kernel before 4.14 does not know the mark: children are not detected there. */
#ifndef FORK_GUARD_H
#define FORK_GUARD_H

#include <stddef.h>
#include <stdint.h>

/* 1 in a process that uses the library, 0 in its forked children; before the first call it points to a 0 of its own. */
extern const volatile unsigned char *fork_guard_mark;

/* The first call sets the mark; in a child it stays 0. */
int fork_guard_begin(void);

static inline int fork_guard_is_child(void)
{
    return __builtin_expect(*fork_guard_mark == 0, 0) && fork_guard_begin() != 0;
}

extern const char fork_guard_message[];

/* The error JSON as a result buffer; NULL when memory is exhausted. */
uint8_t *fork_guard_result(void);

/* Releases a result in a child: its own, or one that it inherited; those in the parent's pool are left alone. */
void fork_guard_free(uint8_t *buffer);

/* Where the pool of results lies. */
void fork_guard_results(size_t start, size_t bytes);

#endif
