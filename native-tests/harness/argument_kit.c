#include "argument_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "text.h"

const size_t huge_lengths[HUGE_LENGTHS] = {SIZE_MAX, SIZE_MAX - 1, (size_t)1 << 40, (size_t)1 << 63, (size_t)1 << 61, (size_t)INT32_MAX + 1, (size_t)UINT32_MAX + 1};

static void refused(const json_entry *entry, const char *json, size_t length, int32_t expected)
{
    int32_t status = entry->call(json, length);
    CHECK_CASE(status == expected && error_names(entry->argument), entry->argument);
}

void entries_refuse_null_and_zero_and_huge_lengths(const json_entry *entries, size_t count)
{
    size_t i, k;
    for (i = 0; i < count; i++) {
        const json_entry *entry = &entries[i];
        if (!entry->is_optional) {
            refused(entry, NULL, 0, RANCOG_E_INVALID_ARGUMENT);
            refused(entry, entry->good, 0, RANCOG_E_INVALID_ARGUMENT);
        }
        refused(entry, NULL, 7, RANCOG_E_INVALID_ARGUMENT);
        for (k = 0; k < HUGE_LENGTHS; k++) {
            refused(entry, entry->good, huge_lengths[k], RANCOG_E_LIMIT);
        }
    }
}

void entry_refuses_cuts(const json_entry *entry, const char *json, int32_t status)
{
    size_t length, stride = check_scale(1, 7);
    for (length = 1; length < strlen(json); length += stride) {
        char *cut = malloc(length); /* of its own, so that a read past its end is seen */
        memcpy(cut, json, length);
        CHECK_CASE(entry->call(cut, length) == status, rancog_last_error_message());
        free(cut);
    }
}

void entry_names(const json_entry *entry, const refusal *cases, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        int32_t status = entry->call(cases[i].json, strlen(cases[i].json));
        char note[600];
        snprintf(note, sizeof note, "%.300s: %d %.200s", cases[i].json, (int)status, rancog_last_error_message());
        CHECK_CASE(status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON, note);
        CHECK_CASE(error_names(cases[i].place) && strncmp(rancog_last_error_message(), entry->argument, strlen(entry->argument)) == 0, note);
    }
}

void entry_keeps_bound(const json_entry *entry, const bounded_list *list, void (*begin)(size_t members), void (*end)(void))
{
    size_t count, k;
    for (count = list->most; count <= list->most + 1; count++) {
        text json = {NULL, 0, 0};
        int32_t status;
        text_add(&json, "%s", list->before);
        for (k = 0; k < count; k++) {
            char member[100];
            snprintf(member, sizeof member, list->member, (unsigned)k);
            text_add(&json, "%s%s", k ? "," : "", member);
        }
        text_add(&json, "%s", list->after);
        begin(count);
        status = entry->call(json.bytes, json.length);
        CHECK_CASE(count == list->most ? status == RANCOG_OK : status == RANCOG_E_LIMIT && error_names(list->place), rancog_last_error_message());
        end();
        text_free(&json);
    }
}
