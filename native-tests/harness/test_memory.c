/* The memory's answers against brute force in f64, and every call's way on a small memory. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "memory_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"
#include "text.h"

#define HITS_MAX 64

/* ---- exactness ---- */
typedef struct {
    const char *cell; /* NULL = any */
    uint64_t from, until; /* ids, since times follow them; until 0 = no limit */
    double min_reward, max_reward; /* NaN = none */
    int32_t success; /* -1 = any */
    const char *json; /* of the conditions above once more */
} condition;

static int passes(uint64_t id, const void *state)
{
    const condition *c = state;
    double reward = memory_kit_reward(id);
    return (c->cell == NULL || strcmp(c->cell, memory_kit_cell(id)) == 0) && (c->until == 0 || (id >= c->from && id < c->until)) && (isnan(c->min_reward) || reward >= c->min_reward)
        && (isnan(c->max_reward) || reward <= c->max_reward) && (c->success < 0 || c->success == memory_kit_success(id));
}

static rancog_filter filter_of(const condition *c)
{
    rancog_filter filter;
    memset(&filter, 0, sizeof filter);
    filter.struct_size = sizeof filter;
    if (c->cell) {
        filter.cell = (uint8_t *)(uintptr_t)c->cell;
        filter.cell_length = strlen(c->cell);
    }
    if (c->until) {
        filter.flags |= RANCOG_FILTER_TIME;
        filter.from_ns = MEMORY_TIME_NS + c->from;
        filter.until_ns = MEMORY_TIME_NS + c->until;
    }
    if (!isnan(c->min_reward)) {
        filter.flags |= RANCOG_FILTER_MIN_REWARD;
        filter.min_reward = c->min_reward;
    }
    if (!isnan(c->max_reward)) {
        filter.flags |= RANCOG_FILTER_MAX_REWARD;
        filter.max_reward = c->max_reward;
    }
    if (c->success >= 0) {
        filter.flags |= RANCOG_FILTER_SUCCESS;
        filter.success = c->success;
    }
    return filter;
}

static void same_hits(const rancog_hit *expected, size_t count, const rancog_hit *hits, size_t n, const char *note)
{
    size_t i;
    if (!CHECK_CASE(n == count, note)) {
        return;
    }
    for (i = 0; i < n; i++) {
        CHECK_CASE(hits[i].id == expected[i].id, note);
        CHECK_CASE(hits[i].time_ns == expected[i].time_ns, note);
        CHECK_CASE(memcmp(&hits[i].distance, &expected[i].distance, sizeof hits[i].distance) == 0, note);
        CHECK_CASE(isnan(expected[i].reward) ? isnan(hits[i].reward) : hits[i].reward == expected[i].reward, note);
    }
}

static void every_search_is_brute_force(void)
{
    static const condition conditions[] = {
        {NULL, 0, 0, NAN, NAN, -1, NULL},
        {"c3", 0, 0, NAN, NAN, -1, "{\"cell\":\"c3\"}"},
        {NULL, 100, 140, NAN, NAN, -1, "{\"time_ns\":{\"$gte\":1500000000000000100,\"$lt\":1500000000000000140}}"},
        {NULL, 0, 0, 0.5, NAN, -1, "{\"reward\":{\"$gte\":0.5}}"},
        {NULL, 0, 0, NAN, 0.25, -1, "{\"reward\":{\"$lte\":0.25,\"$exists\":true}}"},
        {"c1", 0, 0, 0.1, 0.9, 1, "{\"cell\":{\"$in\":[\"c1\",\"nowhere\"]},\"reward\":{\"$gte\":0.1,\"$lte\":0.9},\"success\":true}"},
        {NULL, 0, 0, NAN, NAN, 0, "{\"success\":false}"},
        {"c9", 0, 0, NAN, NAN, -1, "{\"cell\":\"c9\"}"},
    };
    static const size_t dimensions[] = {1, 3, MEMORY_DIMENSION, 67};
    static const size_t wanted[] = {1, 4, HITS_MAX};
    size_t count = check_scale(900, 150), m, d, c, w;
    uint64_t random = 3;
    for (m = 0; m < 3; m++) {
        for (d = 0; d < sizeof dimensions / sizeof dimensions[0]; d++) {
            char options[100], note[200];
            float query[67];
            rancog_memory *self;
            snprintf(options, sizeof options, "{\"metric\":\"%s\"}", memory_metric_names[m]);
            self = memory_kit_create(options);
            memory_kit_append(self, 1, count, dimensions[d]);
            for (c = 0; c < sizeof conditions / sizeof conditions[0]; c++) {
                rancog_filter filter = filter_of(&conditions[c]), as_json = filter_of(&conditions[0]);
                rancog_hit expected[HITS_MAX], hits[HITS_MAX];
                size_t n, e;
                for (w = 0; w < 3; w++) {
                    memory_kit_vector(100000 + prng_below(&random, 1000), dimensions[d], query);
                    snprintf(note, sizeof note, "%s, dimension %u, condition %u, k %u", memory_metric_names[m], (unsigned)dimensions[d], (unsigned)c, (unsigned)wanted[w]);
                    e = memory_kit_nearest((memory_metric)m, query, dimensions[d], count, passes, &conditions[c], wanted[w], expected);
                    n = HITS_MAX;
                    CHECK_CASE(rancog_memory_search(self, query, dimensions[d], wanted[w], c == 0 ? NULL : &filter, hits, &n) == RANCOG_OK, note);
                    same_hits(expected, e, hits, n, note);
                    if (conditions[c].json) {
                        as_json.json = (uint8_t *)(uintptr_t)conditions[c].json;
                        as_json.json_length = strlen(conditions[c].json);
                        n = wanted[w];
                        CHECK_CASE(rancog_memory_search(self, query, dimensions[d], wanted[w], &as_json, hits, &n) == RANCOG_OK, rancog_last_error_message());
                        same_hits(expected, e, hits, n, note);
                    }
                }
            }
            memory_kit_destroy(self);
        }
    }
}

/* Ids of a recall with that vector, and their distances, in the order in which they stand there. */
static size_t recalled(rancog_memory *self, const float *query, size_t dimension, size_t k, const char *more, rancog_hit *hits)
{
    text json = {NULL, 0, 0};
    char *result, *at;
    size_t n = 0, i;
    text_add(&json, "{\"vector\":[");
    for (i = 0; i < dimension; i++) {
        text_add(&json, "%s%.9g", i ? "," : "", query[i]);
    }
    text_add(&json, "],\"k\":%u%s}", (unsigned)k, more);
    CHECK_CASE(memory_kit_call(rancog_memory_recall, self, json.bytes, &result) == RANCOG_OK, json.bytes);
    for (at = strstr(result, "{\"id\":"); at && n < HITS_MAX; at = strstr(at + 1, "{\"id\":")) {
        char *distance = strstr(at, "\"distance\":");
        if (at - result >= 10 && strncmp(at - 10, "\"episode\":", 10) == 0) {
            continue;
        }
        hits[n].id = strtoull(at + 6, NULL, 10);
        hits[n].time_ns = MEMORY_TIME_NS + hits[n].id;
        hits[n].reward = memory_kit_reward(hits[n].id);
        hits[n].distance = distance ? strtod(distance + 11, NULL) : NAN;
        n++;
    }
    CHECK(strstr(result, "\"exact\":true") != NULL);
    free(result);
    text_free(&json);
    return n;
}

static void every_recall_is_brute_force_after_updates_and_removals(void)
{
    static const condition third = {"c2", 0, 0, NAN, NAN, -1, NULL};
    size_t count = check_scale(600, 100), m, i;
    for (m = 0; m < 3; m++) {
        char options[100];
        float query[MEMORY_DIMENSION], vector[MEMORY_DIMENSION];
        rancog_hit expected[HITS_MAX], hits[HITS_MAX];
        rancog_memory *self;
        size_t n;
        snprintf(options, sizeof options, "{\"metric\":\"%s\",\"dimension\":8}", memory_metric_names[m]);
        self = memory_kit_create(options);
        memory_kit_append(self, 1, count, MEMORY_DIMENSION);
        /* Two are made others and put back, those beyond the count come and go. */
        CHECK(memory_kit_call(rancog_memory_update, self, "{\"id\":3,\"vector\":[1e3,1e3,1e3,1e3,1e3,1e3,1e3,1e3],\"cell\":\"elsewhere\",\"reward\":null}", NULL) == RANCOG_OK);
        for (i = 1; i <= 20; i++) {
            rancog_episode more = memory_kit_episode(100000 + i, vector, MEMORY_DIMENSION);
            CHECK(rancog_memory_append(self, &more, 1, 0, NULL) == RANCOG_OK);
        }
        for (i = 1; i <= 20; i++) {
            CHECK(rancog_memory_remove(self, 100000 + i) == RANCOG_OK);
            CHECK(rancog_memory_remove(self, 100000 + i) == RANCOG_E_NOT_FOUND);
        }
        CHECK(rancog_memory_remove(self, 3) == RANCOG_OK);
        {
            rancog_episode again = memory_kit_episode(count + 1, vector, MEMORY_DIMENSION);
            again.id = 0;
            CHECK(rancog_memory_append(self, &again, 1, -1, &again.id) == RANCOG_OK && again.id == 100021); /* ids are not given again */
            CHECK(rancog_memory_remove(self, again.id) == RANCOG_OK);
        }
        {
            rancog_episode back = memory_kit_episode(3, vector, MEMORY_DIMENSION);
            CHECK_CASE(rancog_memory_append(self, &back, 1, -1, NULL) == RANCOG_OK, rancog_last_error_message());
        }
        for (i = 0; i < 10; i++) {
            memory_kit_vector(200000 + i, MEMORY_DIMENSION, query);
            n = memory_kit_nearest((memory_metric)m, query, MEMORY_DIMENSION, count, NULL, NULL, 10, expected);
            same_hits(expected, n, hits, recalled(self, query, MEMORY_DIMENSION, 10, "", hits), options);
            n = memory_kit_nearest((memory_metric)m, query, MEMORY_DIMENSION, count, passes, &third, 10, expected);
            same_hits(expected, n, hits, recalled(self, query, MEMORY_DIMENSION, 10, ",\"filter\":{\"cell\":{\"$eq\":\"c2\"}},\"explain\":true", hits), options);
        }
        CHECK(memory_kit_stat(self, "episodes") == count);
        memory_kit_destroy(self);
    }
}

/* ---- what the calls do ---- */
static void an_array_is_stored_whole_or_not_at_all(void)
{
    rancog_memory *self = memory_kit_create(NULL);
    char *text;
    CHECK(memory_kit_call(rancog_memory_store, self, "[{\"situation\":{\"a\":1}},{\"situation\":{\"a\":2}},{\"situation\":{\"a\":3}}]", &text) == RANCOG_OK);
    CHECK(strstr(text, "\"ids\":[1,2,3]") && strstr(text, "\"durable\":\"none\""));
    free(text);
    CHECK(memory_kit_call(rancog_memory_store, self, "[{\"situation\":{\"a\":1}},{\"situation\":{}}]", &text) == RANCOG_E_INVALID_ARGUMENT);
    CHECK_CASE(strstr(text, "/1/situation") != NULL, text);
    free(text);
    CHECK(memory_kit_call(rancog_memory_store, self, "[{\"id\":9,\"situation\":{\"a\":1}},{\"id\":9,\"situation\":{\"a\":1}}]", NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(memory_kit_call(rancog_memory_store, self, "[{\"id\":9,\"situation\":{\"a\":1}},{\"id\":2,\"situation\":{\"a\":1}}]", NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(memory_kit_stat(self, "episodes") == 3);
    memory_kit_destroy(self);
}

static void an_update_changes_what_it_names(void)
{
    rancog_memory *self = memory_kit_create(NULL);
    char *text;
    CHECK(memory_kit_call(rancog_memory_store, self, "{\"situation\":{\"a\":1},\"text\":\"first words\",\"metadata\":{\"v\":1},\"tags\":[\"x\"]}", NULL) == RANCOG_OK);
    CHECK(memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"outcome\":{\"b\":2.5},\"reward\":0.5,\"success\":true,\"text\":null}", &text) == RANCOG_OK);
    CHECK(strstr(text, "\"id\":1") && strstr(text, "\"updated\":["));
    free(text);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":1},\"k\":1}", &text) == RANCOG_OK);
    CHECK(strstr(text, "\"outcome\":{\"b\":2.5}") && strstr(text, "\"reward\":0.5") && strstr(text, "\"success\":true") && strstr(text, "\"metadata\":{\"v\":1}") && !strstr(text, "first words"));
    free(text);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"text\":\"words\",\"k\":1}", &text) == RANCOG_OK && strstr(text, "\"hits\":[]"));
    free(text);
    memory_kit_destroy(self);
}

static void a_query_as_of_a_time_sees_what_was_known_then(void)
{
    rancog_memory *self = memory_kit_create(NULL);
    char *text;
    CHECK(memory_kit_call(rancog_memory_store, self, "[{\"situation\":{\"a\":1},\"time_ns\":1000,\"reward\":0.25},{\"situation\":{\"a\":1},\"time_ns\":3000}]", NULL) == RANCOG_OK);
    CHECK(memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"reward\":0.75,\"known_ns\":2000}", NULL) == RANCOG_OK);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":1},\"as_of_ns\":1500}", &text) == RANCOG_OK);
    CHECK_CASE(kit_count(text, "\"episode\":{") == 1 && strstr(text, "\"reward\":0.25"), text);
    free(text);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":1},\"as_of_ns\":3000}", &text) == RANCOG_OK);
    CHECK_CASE(kit_count(text, "\"episode\":{") == 2 && strstr(text, "\"reward\":0.75"), text);
    free(text);
    memory_kit_destroy(self);
}

static void max_rows_keeps_the_newest(void)
{
    rancog_memory *self = memory_kit_create("{\"max_rows\":10}");
    char *text;
    memory_kit_append(self, 1, 25, 2);
    CHECK(memory_kit_stat(self, "episodes") == 10);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"vector\":[0,0],\"k\":10,\"filter\":{\"id\":{\"$gte\":16}}}", &text) == RANCOG_OK);
    CHECK(kit_count(text, "\"episode\":{") == 10);
    free(text);
    CHECK(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"prune\",\"max_rows\":4}", &text) == RANCOG_OK && strstr(text, "\"removed\":6"));
    free(text);
    CHECK(memory_kit_stat(self, "episodes") == 4);
    memory_kit_destroy(self);
}

static void analyses_answer_and_say_when_data_are_too_few(void)
{
    rancog_memory *self = memory_kit_create(NULL);
    text json = {NULL, 0, 0};
    char *text;
    int i;
    text_add(&json, "[");
    for (i = 0; i < 20; i++) {
        text_add(&json, "%s{\"situation\":{\"load\":%d},\"action\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"tilt\",\"before\":1,\"after\":2}],\"success\":%s,\"reward\":%d}", i ? "," : "", i, i % 4 ? "true" : "false", i);
    }
    text_add(&json, "]");
    CHECK(memory_kit_call(rancog_memory_store, self, json.bytes, NULL) == RANCOG_OK);
    CHECK(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"skills\",\"min_count\":3}", &text) == RANCOG_OK);
    CHECK(strstr(text, "\"attribute\":\"tilt\"") && strstr(text, "\"success_rate\":"));
    free(text);
    CHECK(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"effect\",\"action\":{\"attribute\":\"tilt\"},\"outcome\":\"reward\"}", &text) == RANCOG_OK);
    CHECK(strstr(text, "\"enough\":false") && strstr(text, "\"reason\":\""));
    free(text);
    text_free(&json);
    memory_kit_destroy(self);
}

/* With a clock that stands still the same calls give the same bytes. */
static char *story(void)
{
    static const char *const episodes = "[{\"situation\":{\"a\":1,\"b\":5},\"text\":\"x\"},{\"situation\":{\"a\":2},\"reward\":1},{\"situation\":{\"b\":7}},{\"situation\":{\"a\":4,\"b\":4}}]";
    rancog_host host = host_fixed();
    rancog_memory *self = rancog_memory_create(NULL, 0, &host);
    text all = {NULL, 0, 0};
    uint8_t *stats;
    char *result;
    CHECK(memory_kit_call(rancog_memory_store, self, episodes, &result) == RANCOG_OK);
    text_add(&all, "%s", result), free(result);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":1.5},\"explain\":true,\"weights\":{\"similarity\":1,\"reward\":0.5},\"mmr_lambda\":0.7}", &result) == RANCOG_OK);
    CHECK(strstr(result, "\"time_ns\":1600000000000000000") != NULL);
    text_add(&all, "%s", result), free(result);
    CHECK(memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"reward\":2}", &result) == RANCOG_OK);
    text_add(&all, "%s", result), free(result);
    CHECK(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"skills\",\"min_count\":1}", &result) == RANCOG_OK);
    text_add(&all, "%s", result), free(result);
    stats = rancog_memory_get_stats(self);
    text_add(&all, "%s", result_text(stats)), rancog_buffer_free(stats);
    memory_kit_destroy(self);
    return all.bytes;
}

static void a_clock_that_stands_still_gives_equal_bytes(void)
{
    char *first = story(), *second = story();
    CHECK_CASE(strcmp(first, second) == 0, second);
    free(first), free(second);
}

static void what_a_memory_is_told_and_does_not_know_it_names(void)
{
    rancog_memory *self = memory_kit_create("{\"dimension\":2,\"colour\":1}");
    uint8_t *stats = rancog_memory_get_stats(self);
    CHECK(result_contains(stats, "\"ignored\":[{\"field\":\"/colour\",\"reason\":\"unknown field\"}]"));
    CHECK(result_check_and_free(stats, "stats") == RANCOG_OK);
    memory_kit_destroy(self);
}

int main(void)
{
    RUN(every_search_is_brute_force);
    RUN(every_recall_is_brute_force_after_updates_and_removals);
    RUN(an_array_is_stored_whole_or_not_at_all);
    RUN(an_update_changes_what_it_names);
    RUN(a_query_as_of_a_time_sees_what_was_known_then);
    RUN(max_rows_keeps_the_newest);
    RUN(analyses_answer_and_say_when_data_are_too_few);
    RUN(a_clock_that_stands_still_gives_equal_bytes);
    RUN(what_a_memory_is_told_and_does_not_know_it_names);
    return check_finish();
}
