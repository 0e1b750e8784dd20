/* What the calls of every core refuse alike: a test tells which texts go where, and they are checked as those of the others. */
#ifndef ARGUMENT_KIT_H
#define ARGUMENT_KIT_H

#include <stddef.h>
#include <stdint.h>

/* Lengths that no text has. */
#define HUGE_LENGTHS 7
extern const size_t huge_lengths[HUGE_LENGTHS];

/* One way for JSON into a core. */
typedef struct {
    int32_t (*call)(const void *json, size_t length); /* gives the status */
    const char *argument;                             /* what messages name */
    const char *good;                                 /* a text that is taken */
    int is_optional;                                  /* length 0 means none */
} json_entry;

/* A text that is refused as no JSON, or as an argument that cannot be; the message has place in it. */
typedef struct {
    const char *json, *place;
} refusal;

void entries_refuse_null_and_zero_and_huge_lengths(const json_entry *entries, size_t count);

/* Each beginning of the text is refused with this status. */
void entry_refuses_cuts(const json_entry *entry, const char *json, int32_t status);

void entry_names(const json_entry *entry, const refusal *cases, size_t count);

/* A list of so many members (%u is the number of each) between two pieces of text. */
typedef struct {
    const char *before, *member, *after, *place;
    size_t most;
} bounded_list;

/* As many as there may be are taken, and one more is refused; begin and end stand around each call. */
void entry_keeps_bound(const json_entry *entry, const bounded_list *list, void (*begin)(size_t members), void (*end)(void));

#endif
