/* What the memory's calls refuse: the message names the field, nothing is stored and nothing is written. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "handle_kit.h"
#include "memory_kit.h"
#include "rancognition.h"
#include "result.h"
#include "text.h"

#define COUNT 10u

static rancog_memory *memory;

static void begin(void)
{
    memory = memory_kit_create("{\"dimension\":8}");
    memory_kit_append(memory, 1, COUNT, MEMORY_DIMENSION);
}

/* Nothing was stored meanwhile, and the memory works. */
static void end(void)
{
    float query[MEMORY_DIMENSION];
    rancog_hit expected[COUNT], hits[COUNT];
    size_t n = COUNT, i;
    memory_kit_vector(99, MEMORY_DIMENSION, query);
    CHECK(memory_kit_stat(memory, "episodes") == COUNT);
    CHECK(rancog_memory_search(memory, query, MEMORY_DIMENSION, COUNT, NULL, hits, &n) == RANCOG_OK && n == COUNT);
    CHECK(memory_kit_nearest(MEMORY_L2, query, MEMORY_DIMENSION, COUNT, NULL, NULL, COUNT, expected) == COUNT);
    for (i = 0; i < COUNT; i++) {
        CHECK(hits[i].id == expected[i].id);
    }
    memory_kit_destroy(memory);
}

static int32_t to_store(const void *json, size_t length) { return result_check_and_free(rancog_memory_store(memory, json, length), "store"); }
static int32_t to_recall(const void *json, size_t length) { return result_check_and_free(rancog_memory_recall(memory, json, length), "recall"); }
static int32_t to_update(const void *json, size_t length) { return result_check_and_free(rancog_memory_update(memory, json, length), "update"); }
static int32_t to_analyze(const void *json, size_t length) { return result_check_and_free(rancog_memory_analyze(memory, json, length), "analyze"); }

static const json_entry entries[] = {
    {to_store, "episode", "{\"vector\":[1,2,3,4,5,6,7,8]}", 0},
    {to_recall, "query", "{\"vector\":[1,2,3,4,5,6,7,8]}", 0},
    {to_update, "update", "{\"id\":1,\"reward\":1}", 0},
    {to_analyze, "request", "{\"op\":\"skills\"}", 0},
};

static void json_inputs_refuse_null_and_zero_and_huge_lengths(void)
{
    begin();
    entries_refuse_null_and_zero_and_huge_lengths(entries, sizeof entries / sizeof entries[0]);
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const char episode[] =
        "{\"id\":50,\"time_ns\":7,\"network_id\":\"n\",\"cell\":\"c\",\"problem_type\":\"p\",\"situation\":{\"a\":1.5},\"vector\":[1,2,3,4,5,6,7,8],\"action\":[{\"managedObject\":\"m\",\"attribute\":\"a\","
        "\"before\":1,\"after\":2}],\"outcome\":{\"b\":-2},\"reward\":0.5,\"success\":true,\"tags\":[\"t\"],\"metadata\":{\"k\":[1,{\"l\":null}]},\"text\":\"w\\u00e4\"}";
    static const char query[] =
        "{\"vector\":[1,2,3,4,5,6,7,8],\"text\":\"w\",\"k\":3,\"filter\":{\"cell\":{\"$in\":[\"a\",\"b\"]},\"metadata.k\":{\"$exists\":true}},\"weights\":{\"similarity\":1},\"half_life_ns\":5,\"mmr_lambda\":0.5,"
        "\"as_of_ns\":9,\"explain\":true}";
    static const struct { size_t entry; const char *json; } cases[] = {{0, episode}, {1, query}, {2, "{\"id\":1,\"outcome\":{\"b\":-2},\"known_ns\":5}"}, {3, "{\"op\":\"effect\",\"action\":{\"attribute\":\"a\"},\"outcome\":\"b\"}"}};
    size_t i;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        entry_refuses_cuts(&entries[cases[i].entry], cases[i].json, RANCOG_E_INVALID_JSON);
    }
    end();
}

static void json_members_that_cannot_be_are_named(void)
{
    static const struct { size_t entry; const char *json; const char *field; int32_t status; } cases[] = {
        {0, "{}", "situation", 0}, {0, "[]", "episode", 0}, {0, "3", "episode", 0}, {0, "{\"vector\":[]}", "vector", 0}, {0, "{\"situation\":{}}", "situation", 0},
        {0, "{\"vector\":[1,2,3]}", "vector", 0}, {0, "{\"vector\":[1,2,3,4,5,6,7,8,9]}", "vector", 0}, {0, "{\"vector\":[1,2,3,4,5,6,7,1e39]}", "vector", 0},
        {0, "{\"vector\":[1,2,3,4,5,6,7,null]}", "vector", 0}, {0, "{\"vector\":[1,2,3,4,5,6,7,\"x\"]}", "vector", 0}, {0, "{\"situation\":{\"a\":\"x\"}}", "situation", 0},
        {0, "{\"situation\":{\"a\":1e40}}", "situation", 0}, {0, "{\"situation\":{\"a\":1},\"id\":0}", "id", 0}, {0, "{\"situation\":{\"a\":1},\"id\":-1}", "id", 0},
        {0, "{\"situation\":{\"a\":1},\"id\":9223372036854775808}", "id", 0}, {0, "{\"situation\":{\"a\":1},\"id\":1}", "id", 0}, {0, "{\"situation\":{\"a\":1},\"time_ns\":-5}", "time_ns", 0},
        {0, "{\"situation\":{\"a\":1},\"reward\":\"good\"}", "reward", 0}, {0, "{\"situation\":{\"a\":1},\"success\":1}", "success", 0}, {0, "{\"situation\":{\"a\":1},\"tags\":\"x\"}", "tags", 0},
        {0, "{\"situation\":{\"a\":1},\"tags\":[1]}", "tags", 0}, {0, "{\"situation\":{\"a\":1},\"metadata\":[]}", "metadata", 0}, {0, "{\"situation\":{\"a\":1},\"action\":{}}", "action", 0},
        {0, "{\"situation\":{\"a\":1},\"cell\":5}", "cell", 0}, {0, "{\"situation\":{\"a\":1},\"text\":{}}", "text", 0},
        {1, "{}", "query", 0}, {1, "{\"vector\":[1,2]}", "vector", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":0}", "k", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":11}", "k", 0},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":-1}", "k", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":1e99}", "k", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":70000}", "k", RANCOG_E_LIMIT},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"filter\":{\"cell\":{\"$like\":\"x\"}}}", "$like", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"filter\":{\"colour\":1}}", "colour", 0},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"filter\":{\"cell\":{\"$in\":5}}}", "$in", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"filter\":7}", "filter", 0},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"filter\":{\"$or\":[]}}", "$or", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"mmr_lambda\":2}", "mmr_lambda", 0},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"half_life_ns\":0}", "half_life_ns", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"weights\":{\"similarity\":-1}}", "similarity", 0},
        {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"weights\":[1]}", "weights", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"like\":1}", "query", 0}, {1, "{\"like\":999}", "999", RANCOG_E_NOT_FOUND},
        {1, "{\"situation\":{\"a\":\"x\"}}", "situation", 0}, {1, "{\"vector\":[1,2,3,4,5,6,7,8],\"explain\":3}", "explain", 0},
        {2, "{\"reward\":1}", "id", 0}, {2, "{\"id\":999,\"reward\":1}", "999", RANCOG_E_NOT_FOUND}, {2, "{\"id\":1,\"vector\":[1]}", "vector", 0}, {2, "{\"id\":1,\"vector\":null}", "vector", 0},
        {2, "{\"id\":1,\"reward\":\"x\"}", "reward", 0}, {2, "{\"id\":1,\"known_ns\":\"x\"}", "known_ns", 0}, {2, "[]", "update", 0},
        {3, "{}", "op", 0}, {3, "{\"op\":\"dream\"}", "dream", 0}, {3, "{\"op\":\"skills\",\"min_count\":0}", "min_count", 0}, {3, "{\"op\":\"skills\",\"coverage\":1}", "coverage", 0},
        {3, "{\"op\":\"effect\",\"outcome\":\"x\"}", "action", 0}, {3, "{\"op\":\"effect\",\"action\":{\"attribute\":\"x\"}}", "outcome", 0}, {3, "{\"op\":\"prune\"}", "max_rows", 0},
        {3, "{\"op\":\"backup\"}", "path", 0}, {3, "{\"op\":\"skills\",\"filter\":{\"reward\":{\"$near\":1}}}", "$near", 0},
    };
    size_t i;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t status = entries[cases[i].entry].call(cases[i].json, strlen(cases[i].json));
        char note[300];
        snprintf(note, sizeof note, "%s: %d %s", cases[i].json, (int)status, rancog_last_error_message());
        CHECK_CASE(cases[i].status ? status == cases[i].status : status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON, note);
        CHECK_CASE(error_names(cases[i].field), note);
    }
    end();
}

static void options_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "options"}, {"{\"dimension\":0}", "dimension"}, {"{\"dimension\":4097}", "dimension"}, {"{\"dimension\":\"x\"}", "dimension"}, {"{\"metric\":\"manhattan\"}", "metric"},
        {"{\"durability\":\"maybe\"}", "durability"}, {"{\"max_rows\":0}", "max_rows"}, {"{\"path\":5}", "path"}, {"{\"path\":\"\"}", "path"}, {"{\"path\":\"/tmp\"}", "path"},
        {"{\"path\":\"/nowhere/at/all/x.db\"}", "path"}, {"{\"path\":\"a\\u0000b\"}", "path"}, {"{\"postgres\":\"host=x\"}", "site"}, {"{\"site\":\"a b\",\"postgres\":\"host=x\"}", "site"},
        {"{\"sync_interval_ns\":\"x\"}", "sync_interval_ns"},
    };
    handle_kit_options_are_named(HANDLE_MEMORY, cases, sizeof cases / sizeof cases[0]);
}

/* ---- structs ---- */
typedef void (*spoil)(rancog_episode *episode);
static void size_of_another(rancog_episode *e) { e->struct_size--; }
static void no_size(rancog_episode *e) { e->struct_size = 0; }
static void flags(rancog_episode *e) { e->flags = 1; }
static void reserved(rancog_episode *e) { e->reserved0 = 1; }
static void id_beyond(rancog_episode *e) { e->id = (uint64_t)1 << 63; }
static void id_taken(rancog_episode *e) { e->id = 4; }
static void time_beyond(rancog_episode *e) { e->time_ns = (uint64_t)1 << 63; }
static void vector_is_null(rancog_episode *e) { e->vector = NULL; }
static void neither(rancog_episode *e) { e->vector = NULL, e->dimension = 0; }
static void dimension_less(rancog_episode *e) { e->dimension = 7; }
static void dimension_beyond(rancog_episode *e) { e->dimension = 4097; }
static void dimension_huge(rancog_episode *e) { e->dimension = SIZE_MAX; }
static void nan_in_vector(rancog_episode *e) { ((float *)e->vector)[3] = NAN; }
static void infinity_in_vector(rancog_episode *e) { ((float *)e->vector)[7] = -INFINITY; }
static void reward_infinite(rancog_episode *e) { e->reward = INFINITY; }
static void success_two(rancog_episode *e) { e->success = 2; }
static void success_less(rancog_episode *e) { e->success = -2; }
static void cell_null(rancog_episode *e) { e->cell = NULL; }
static void cell_long(rancog_episode *e) { e->cell_length = 1025; }
static void cell_huge(rancog_episode *e) { e->cell_length = SIZE_MAX; }
static void cell_no_utf8(rancog_episode *e) { e->cell = (uint8_t *)(uintptr_t)"\xff\xfe"; }
static void document_null(rancog_episode *e) { e->document = NULL, e->document_length = 5; }
static void document_huge(rancog_episode *e) { e->document = (uint8_t *)(uintptr_t)"{}", e->document_length = SIZE_MAX; }
static void document_array(rancog_episode *e) { e->document = (uint8_t *)(uintptr_t)"[]", e->document_length = 2; }
static void document_cut(rancog_episode *e) { e->document = (uint8_t *)(uintptr_t)"{\"text\":", e->document_length = 8; }
static void document_twice(rancog_episode *e) { e->document = (uint8_t *)(uintptr_t)"{\"reward\":1}", e->document_length = 12; }

static void structs_that_cannot_be_are_named_and_nothing_is_stored(void)
{
    static const struct { spoil how; const char *field; int32_t status; } cases[] = {
        {size_of_another, "struct_size", RANCOG_E_INVALID_ARGUMENT}, {no_size, "struct_size", RANCOG_E_INVALID_ARGUMENT}, {flags, "flags", RANCOG_E_INVALID_ARGUMENT},
        {reserved, "reserved0", RANCOG_E_INVALID_ARGUMENT}, {id_beyond, "id", RANCOG_E_INVALID_ARGUMENT}, {id_taken, "id", RANCOG_E_INVALID_ARGUMENT}, {time_beyond, "time_ns", RANCOG_E_INVALID_ARGUMENT},
        {vector_is_null, "vector", RANCOG_E_INVALID_ARGUMENT}, {neither, "vector", RANCOG_E_INVALID_ARGUMENT}, {dimension_less, "vector", RANCOG_E_INVALID_ARGUMENT},
        {dimension_beyond, "dimension", RANCOG_E_LIMIT}, {dimension_huge, "dimension", RANCOG_E_LIMIT}, {nan_in_vector, "vector", RANCOG_E_INVALID_ARGUMENT},
        {infinity_in_vector, "vector", RANCOG_E_INVALID_ARGUMENT}, {reward_infinite, "reward", RANCOG_E_INVALID_ARGUMENT}, {success_two, "success", RANCOG_E_INVALID_ARGUMENT},
        {success_less, "success", RANCOG_E_INVALID_ARGUMENT}, {cell_null, "cell", RANCOG_E_INVALID_ARGUMENT}, {cell_long, "cell", RANCOG_E_LIMIT}, {cell_huge, "cell", RANCOG_E_LIMIT},
        {cell_no_utf8, "cell", RANCOG_E_INVALID_ARGUMENT}, {document_null, "document", RANCOG_E_INVALID_ARGUMENT}, {document_huge, "document", RANCOG_E_LIMIT},
        {document_array, "document", RANCOG_E_INVALID_JSON}, {document_cut, "document", RANCOG_E_INVALID_JSON}, {document_twice, "document", 0},
    };
    size_t i, k;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static char name[1100];
        rancog_episode episodes[3];
        float vectors[3][MEMORY_DIMENSION];
        uint64_t ids[3] = {7, 7, 7};
        char note[300];
        int32_t status;
        memset(name, 'x', sizeof name);
        for (k = 0; k < 3; k++) {
            episodes[k] = memory_kit_episode(100 + k, vectors[k], MEMORY_DIMENSION);
        }
        if (cases[i].how == cell_long) {
            episodes[1].cell = (uint8_t *)name;
        }
        cases[i].how(&episodes[1]);
        status = rancog_memory_append(memory, episodes, 3, -1, ids);
        snprintf(note, sizeof note, "case %u %s: %d %s", (unsigned)i, cases[i].field, (int)status, rancog_last_error_message());
        CHECK_CASE(cases[i].status ? status == cases[i].status : status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON, note);
        CHECK_CASE(error_names("episodes") && error_names("1") && error_names(cases[i].field), note);
        CHECK_CASE(ids[0] == 7 && ids[1] == 7 && ids[2] == 7, note);
    }
    end();
}

static void append_refuses_what_is_no_list(void)
{
    rancog_episode one;
    float vector[MEMORY_DIMENSION];
    uint64_t id = 7;
    size_t i;
    begin();
    one = memory_kit_episode(100, vector, MEMORY_DIMENSION);
    CHECK(rancog_memory_append(memory, NULL, 1, -1, &id) == RANCOG_E_INVALID_ARGUMENT && error_names("episodes"));
    CHECK(rancog_memory_append(memory, &one, 0, -1, &id) == RANCOG_E_INVALID_ARGUMENT && error_names("episodes"));
    CHECK(rancog_memory_append(memory, &one, 1, 3, &id) == RANCOG_E_INVALID_ARGUMENT && error_names("durability"));
    CHECK(rancog_memory_append(memory, &one, 1, -2, &id) == RANCOG_E_INVALID_ARGUMENT && error_names("durability"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        int32_t status = rancog_memory_append(memory, &one, huge_lengths[i], -1, &id);
        CHECK(status == RANCOG_E_LIMIT || status == RANCOG_E_INVALID_ARGUMENT);
    }
    CHECK(id == 7);
    CHECK(rancog_memory_remove(memory, 0) == RANCOG_E_NOT_FOUND && error_names("id"));
    CHECK(rancog_memory_remove(memory, 999) == RANCOG_E_NOT_FOUND && error_names("999"));
    CHECK(rancog_memory_remove(memory, UINT64_MAX) == RANCOG_E_NOT_FOUND && error_names("id"));
    end();
}

static int32_t search(const float *query, size_t dimension, size_t k, const rancog_filter *filter, size_t room)
{
    rancog_hit hits[COUNT + 1], before[COUNT + 1];
    size_t n = room;
    int32_t status;
    memset(hits, 0x5A, sizeof hits);
    memcpy(before, hits, sizeof hits);
    status = rancog_memory_search(memory, query, dimension, k, filter, hits, &n);
    if (status != RANCOG_OK) {
        CHECK(n == room && memcmp(hits, before, sizeof hits) == 0);
    }
    return status;
}

static void search_refuses_and_writes_nothing(void)
{
    static const float numbers[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    float bad[MEMORY_DIMENSION];
    rancog_hit hit;
    size_t n = 1, i;
    begin();
    CHECK(search(numbers, 8, 3, NULL, 3) == RANCOG_OK);
    CHECK(search(NULL, 8, 3, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("query"));
    CHECK(search(numbers, 0, 3, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("query"));
    CHECK(search(numbers, 7, 3, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("query"));
    CHECK(search(numbers, 9, 3, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("query"));
    CHECK(search(numbers, 8, 0, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("k"));
    CHECK(search(numbers, 8, COUNT + 1, NULL, COUNT + 1) == RANCOG_E_INVALID_ARGUMENT && error_names("k"));
    CHECK(search(numbers, 8, 3, NULL, 2) == RANCOG_E_INVALID_ARGUMENT && error_names("hits"));
    CHECK(search(numbers, 8, 3, NULL, 0) == RANCOG_E_INVALID_ARGUMENT && error_names("hits"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        int32_t status = search(numbers, huge_lengths[i], 3, NULL, 3);
        CHECK((status == RANCOG_E_LIMIT || status == RANCOG_E_INVALID_ARGUMENT) && error_names("query"));
        CHECK(search(numbers, 8, huge_lengths[i], NULL, 3) == RANCOG_E_LIMIT && error_names("k"));
    }
    for (i = 0; i < MEMORY_DIMENSION; i++) {
        memcpy(bad, numbers, sizeof bad);
        bad[i] = i % 2 ? NAN : INFINITY;
        CHECK(search(bad, 8, 3, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("query"));
    }
    CHECK(rancog_memory_search(memory, numbers, 8, 1, NULL, NULL, &n) == RANCOG_E_INVALID_ARGUMENT && error_names("hits") && n == 1);
    CHECK(rancog_memory_search(memory, numbers, 8, 1, NULL, &hit, NULL) == RANCOG_E_INVALID_ARGUMENT && error_names("n"));
    end();
}

static void filters_that_cannot_be_are_named(void)
{
    static const float numbers[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const char *const texts[] = {"[]", "{", "{\"cell\":{\"$like\":1}}", "{\"nothing\":1}", "7", "{\"cell\":{\"$in\":[]}}x"};
    rancog_filter good, filter;
    size_t i;
    begin();
    memset(&good, 0, sizeof good);
    good.struct_size = sizeof good;
    CHECK(search(numbers, 8, 3, &good, 3) == RANCOG_OK);
    filter = good, filter.struct_size = 0;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("struct_size"));
    filter = good, filter.flags = 16;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("flags"));
    filter = good, filter.reserved0 = 1;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("reserved0"));
    filter = good, filter.flags = RANCOG_FILTER_SUCCESS, filter.success = 2;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("success"));
    filter = good, filter.flags = RANCOG_FILTER_MIN_REWARD, filter.min_reward = NAN;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("min_reward"));
    filter = good, filter.flags = RANCOG_FILTER_MAX_REWARD, filter.max_reward = INFINITY;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("max_reward"));
    filter = good, filter.cell_length = 5;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("cell"));
    filter = good, filter.cell = (uint8_t *)(uintptr_t)"c1", filter.cell_length = SIZE_MAX;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_LIMIT && error_names("cell"));
    filter = good, filter.json_length = 5;
    CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_INVALID_ARGUMENT && error_names("json"));
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int32_t status;
        filter = good, filter.json = (uint8_t *)(uintptr_t)texts[i], filter.json_length = strlen(texts[i]);
        status = search(numbers, 8, 3, &filter, 3);
        CHECK_CASE((status == RANCOG_E_INVALID_JSON || status == RANCOG_E_INVALID_ARGUMENT) && error_names("filter"), rancog_last_error_message());
    }
    for (i = 0; i < HUGE_LENGTHS; i++) {
        filter = good, filter.json = (uint8_t *)(uintptr_t)"{}", filter.json_length = huge_lengths[i];
        CHECK(search(numbers, 8, 3, &filter, 3) == RANCOG_E_LIMIT && error_names("json"));
    }
    end();
}

static void an_empty_memory_answers_and_a_search_in_it_is_refused(void)
{
    static const float numbers[] = {1, 2};
    rancog_memory *self = memory_kit_create(NULL);
    rancog_hit hit;
    size_t n = 1;
    int32_t status;
    CHECK(memory_kit_stat(self, "episodes") == 0);
    CHECK(rancog_memory_flush(self) == RANCOG_OK);
    status = rancog_memory_search(self, numbers, 2, 1, NULL, &hit, &n);
    CHECK_CASE(status == RANCOG_E_INVALID_ARGUMENT && n == 1, rancog_last_error_message());
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":1}}", NULL) == RANCOG_OK);
    memory_kit_destroy(self);
}

/* A batch of the largest vectors, and one beyond the bounds of a document. */
static void bounds_are_kept(void)
{
    rancog_memory *self = memory_kit_create(NULL);
    float *vector = malloc(4096 * sizeof *vector);
    text document = {NULL, 0, 0};
    rancog_episode episode = memory_kit_episode(1, vector, 4096);
    size_t i;
    CHECK(rancog_memory_append(self, &episode, 1, -1, NULL) == RANCOG_OK);
    text_add(&document, "{\"text\":\"");
    for (i = 0; i < (1 << 20); i++) {
        text_add_bytes(&document, "x", 1);
    }
    text_add(&document, "\"}");
    episode = memory_kit_episode(2, vector, 4096);
    episode.document = (uint8_t *)document.bytes;
    episode.document_length = document.length;
    CHECK_CASE(rancog_memory_append(self, &episode, 1, -1, NULL) == RANCOG_E_LIMIT && error_names("document"), rancog_last_error_message());
    CHECK(memory_kit_stat(self, "episodes") == 1);
    free(vector);
    text_free(&document);
    memory_kit_destroy(self);
}

int main(void)
{
    RUN(json_inputs_refuse_null_and_zero_and_huge_lengths);
    RUN(every_cut_of_a_good_text_is_refused);
    RUN(json_members_that_cannot_be_are_named);
    RUN(options_that_cannot_be_are_named);
    RUN(structs_that_cannot_be_are_named_and_nothing_is_stored);
    RUN(append_refuses_what_is_no_list);
    RUN(search_refuses_and_writes_nothing);
    RUN(filters_that_cannot_be_are_named);
    RUN(an_empty_memory_answers_and_a_search_in_it_is_refused);
    RUN(bounds_are_kept);
    return check_finish();
}
