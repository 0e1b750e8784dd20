/* Hostile JSON through every JSON input: whatever comes in, a strict JSON result and a documented status come out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "json_calls.h"
#include "json_strict.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

static rancog_temporal *core;

static int32_t send(const json_call *row, const void *bytes, size_t length, const char *note)
{
    return json_call_check(row, core, bytes, length, note);
}

static void send_to_all(const char *bytes, size_t length, const char *note)
{
    size_t i;
    for (i = 0; i < json_calls_count; i++) {
        send(&json_calls[i], bytes, length, note);
    }
}

/* Text that is not JSON must be refused by every input. A message of measurements may be XML, and with the mark of UTF-16 it is taken as such. */
static void refused_by_all(const char *bytes, size_t length, const char *note)
{
    const int is_marked = length > 1 && memcmp(bytes, "\xFF\xFE", 2) == 0;
    size_t i;
    for (i = 0; i < json_calls_count; i++) {
        char detail[100];
        int32_t expected = is_marked && strncmp(json_calls[i].name, "cognitive_ingest", 16) == 0 ? RANCOG_E_INVALID_ARGUMENT : RANCOG_E_INVALID_JSON;
        snprintf(detail, sizeof detail, "%s: %.60s", json_calls[i].name, note);
        CHECK_CASE(send(&json_calls[i], bytes, length, note) == expected, detail);
    }
}

static void every_prefix_of_a_valid_text_is_refused(void)
{
    size_t i, length;
    size_t stride = check_scale(1, 17);
    for (i = 0; i < json_calls_count; i++) {
        const json_call *row = &json_calls[i];
        size_t whole = strlen(row->sample);
        for (length = 1; length < whole; length += stride) {
            /* In a block of exactly that size a read past the end is seen by the memory checkers. */
            char *prefix = malloc(length);
            memcpy(prefix, row->sample, length);
            CHECK_CASE(send(row, prefix, length, row->name) == RANCOG_E_INVALID_JSON, row->name);
            free(prefix);
        }
        CHECK_CASE(send(row, row->sample, whole, row->name) == RANCOG_OK, row->name);
    }
}

static void what_is_not_json_is_refused(void)
{
    static const char *const texts[] = {
        " ", "\n", "x", "nul", "tru", "-", "+1", "01", ".5", "1.", "1e", "NaN", "Infinity", "-Infinity", "0x10", "'a'", "undefined",
        "{", "}", "[", "]", "{]", "[}", "{\"id\"}", "{\"id\":}", "{\"id\":1,}", "{,}", "[,]", "[1,]", "{id:1}", "{'id':1}",
        "{\"id\":\"a\"}}", "[] []", "{} x", "null,", "// comment\n{}", "/**/{}", "{\"id\":\"\t\"}", "{\"id\":\"\\q\"}", "{\"id\":\"\\u12\"}",
        "\xEF\xBB\xBF{\"id\":\"a\"}", "\xFF\xFE{\0}\0", "{\"id\":\"\x80\"}", "{\"id\":\"\xC0\xAF\"}", "{\"id\":\"\xED\xA0\x80\"}",
        "{\"id\":\"\xF4\x90\x80\x80\"}", "{\"id\":\"\xE2\x82\"}", "{\"\xFF\":1}", "\x80", "\xFF", "{\"id\":\"a\",\"metrics\":{},\"x\":\"\xFF\"}", "[{\"x\":[\"\xFF\"]}]",
    };
    size_t i;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        refused_by_all(texts[i], strlen(texts[i]), texts[i]);
    }
    refused_by_all("{}\0", 3, "NUL after the value");
    refused_by_all("\0{}", 3, "NUL before the value");
    refused_by_all("{\"id\":\"a\0b\"}", 12, "NUL in a string");
    refused_by_all("\0\0\0\0", 4, "only NULs");
}

static void lone_surrogates_never_reach_a_result(void)
{
    static const char *const texts[] = {
        "{\"id\":\"\\ud800\"}", "{\"id\":\"\\udfff\"}", "{\"id\":\"\\ud800\\u0041\"}", "{\"id\":\"\\udc00\\ud800\"}", "{\"\\ud800\":1,\"id\":\"a\"}",
        "[{\"id\":\"\\ud800\"}]", "{\"id\":\"a\",\"objectives\":[\"\\udfff\"]}", "{\"id\":\"a\",\"current_state\":{\"\\udfff\":1}}",
        "{\"id\":\"a\",\"metrics\":{\"\\udfff\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1]}}}",
    };
    size_t i;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        send_to_all(texts[i], strlen(texts[i]), texts[i]);
    }
}

static void nested(const char *open, const char *close, size_t depth, size_t closed, const char *note)
{
    text t = {NULL, 0, 0};
    size_t i;
    for (i = 0; i < depth; i++) {
        text_add(&t, "%s", open);
    }
    for (i = 0; i < closed; i++) {
        text_add(&t, "%s", close);
    }
    send_to_all(t.bytes, t.length, note);
    CHECK_CASE(send(&json_calls[0], t.bytes, t.length, note) == RANCOG_E_INVALID_JSON, note);
    text_free(&t);
}

static void deep_nesting_is_refused(void)
{
    text t = {NULL, 0, 0};
    size_t i;
    nested("[", "]", 10000, 10000, "10000 arrays");
    nested("[", "]", 100000, 0, "100000 open arrays");
    nested("{\"id\":", "}", 10000, 10000, "10000 objects");
    nested("[{\"a\":", "}]", 10000, 10000, "10000 mixed");
    text_add(&t, "{\"id\":\"a\",\"unknown\":");
    for (i = 0; i < 10000; i++) {
        text_add(&t, "[");
    }
    for (i = 0; i < 10000; i++) {
        text_add(&t, "]");
    }
    text_add(&t, "}");
    refused_by_all(t.bytes, t.length, "nesting in an unknown field");
    text_free(&t);
}

static void wrong_types_and_extreme_numbers_are_answered(void)
{
    static const char *const members[] = {
        "\"id\":1", "\"id\":null", "\"id\":\"\"", "\"id\":\"a\",\"id\":\"b\"", "\"id\":\"a\",\"id\":\"a\"", "\"id\":\"a\",\"current_state\":[]",
        "\"id\":\"a\",\"current_state\":{\"m\":\"5\"}", "\"id\":\"a\",\"current_state\":{\"m\":1e400}", "\"id\":\"a\",\"current_state\":{\"m\":-1e400}",
        "\"id\":\"a\",\"current_state\":{\"m\":1e308,\"n\":-1e308,\"o\":1e-320,\"\":0}", "\"id\":\"a\",\"current_state\":{\"m\":1,\"m\":2}",
        "\"id\":\"a\",\"current_state\":{\"m\":NaN}", "\"id\":\"a\",\"current_state\":{\"m\":Infinity}",
        "\"id\":\"a\",\"objectives\":\"x\"", "\"id\":\"a\",\"objectives\":[1]", "\"id\":\"a\",\"constraints\":{}", "\"id\":\"a\",\"history\":[]",
        "\"id\":\"a\",\"history\":{\"m\":1}", "\"id\":\"a\",\"history\":{\"m\":{}}", "\"id\":\"a\",\"history\":{\"m\":{\"values\":[]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"values\":[1,2]}}", "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":0,\"values\":[1,2,3]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":-1,\"step_ns\":1,\"values\":[1]}}", "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":1.5,\"step_ns\":1,\"values\":[1]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":18446744073709551615,\"step_ns\":18446744073709551615,\"values\":[1,2]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":18446744073709551616,\"step_ns\":1,\"values\":[1]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":18446744073709551615,\"step_ns\":0,\"values\":[1,2]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1e308,-1e308,1e308,-1e308,1e308]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[null,null,null]}}", "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[5,5,5,5,5,5,5,5]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[\"1\",true,[]]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"times_ns\":[1],\"values\":[1,2]}}", "\"id\":\"a\",\"history\":{\"m\":{\"times_ns\":[2,1],\"values\":[1,2]}}",
        "\"id\":\"a\",\"history\":{\"m\":{\"times_ns\":[0,18446744073709551615],\"values\":[1,2]}}", "\"id\":\"a\",\"history\":{\"m\":{\"times_ns\":[7,7,7,7],\"values\":[1,2,3,4]}}",
        "\"id\":\"a\",\"horizon_ns\":18446744073709551615", "\"id\":\"a\",\"horizon_ns\":0", "\"id\":\"a\",\"horizon_ns\":-5", "\"id\":\"a\",\"horizon_ns\":1e30",
        "\"id\":\"a\",\"deadline_ns\":0,\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1,2,3,4,5,6,7,8]}}", "\"id\":\"a\",\"deadline_ns\":18446744073709551615",
        "\"id\":\"a\",\"seed\":18446744073709551615", "\"id\":\"a\",\"seed\":-1", "\"id\":\"a\",\"seed\":\"7\"", "\"id\":\"a\",\"include_timeline\":1",
        "\"id\":\"a\",\"tolerance\":{\"m\":-1}", "\"id\":\"a\",\"tolerance\":{\"m\":1e308},\"current_state\":{\"m\":0}",
        "\"id\":\"a\",\"constraints\":[\"always[0,1e999s](m <= 1)\",\"((((((\",\"m <= \",\"always[5s,1s](m<1)\",\"<=\",\"m <= 1e400\",\"\\u0000\"],\"current_state\":{\"m\":1}",
        "\"id\":\"a\",\"problem_type\":{\"Custom\":\"x\"}", "\"id\":\"a\",\"problem_type\":[]", "\"id\":\"a\",\"metrics\":{}", "\"id\":\"a\",\"metrics\":{\"m\":{\"start_ns\":0,\"step_ns\":0,\"values\":[]}}",
        "\"id\":\"a\",\"metrics\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1e308,-1e308,1e308,null,-1e308,1e308,-1e308]}}",
        "\"id\":\"a\",\"metrics\":{\"m\":{\"start_ns\":0,\"step_ns\":18446744073709551615,\"values\":[1]}}",
        "\"series\":1", "\"series\":[{\"values\":\"x\"}]", "\"predictions\":{}", "\"patterns\":[null,1,[]]", "\"error\":true,\"message\":5",
    };
    char whole[1200];
    size_t i;
    for (i = 0; i < sizeof members / sizeof members[0]; i++) {
        int length = snprintf(whole, sizeof whole, "{%s}", members[i]);
        send_to_all(whole, (size_t)length, members[i]);
        length = snprintf(whole, sizeof whole, "[{%s}]", members[i]);
        send_to_all(whole, (size_t)length, members[i]);
    }
}

static void duplicate_fields_and_numbers_as_text_are_refused(void)
{
    static const char *const texts[] = {
        "{\"id\":\"a\",\"id\":\"a\"}", "{\"id\":\"a\",\"current_state\":{\"m\":1,\"m\":1}}", "{\"id\":\"a\",\"current_state\":{\"m\":\"1\"}}",
        "{\"id\":\"a\",\"current_state\":{\"m\":1e400}}", "{\"id\":\"a\",\"horizon_ns\":\"5\"}", "{\"id\":5}",
    };
    size_t i;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        CHECK_CASE(send(&json_calls[0], texts[i], strlen(texts[i]), texts[i]) == RANCOG_E_INVALID_JSON, texts[i]);
    }
}

/* An object or array of n members; # in a member is its number. */
static text list(const char *before, const char *member, unsigned n, const char *after)
{
    text t = {NULL, 0, 0};
    unsigned i;
    text_add(&t, "%s", before);
    for (i = 0; i < n; i++) {
        const char *number = strchr(member, '#');
        text_add(&t, "%s%.*s%u%s", i ? "," : "", (int)(number - member), member, i, number + 1);
    }
    text_add(&t, "%s", after);
    return t;
}

static void lists_are_bounded(void)
{
    static const struct { const char *before, *member, *after; unsigned most; int takes_most; } lists[] = {
        {"{\"id\":\"a\",\"current_state\":{", "\"m#\":1", "}}", 1024, 1},
        {"{\"id\":\"a\",\"current_state\":{", "\"m#\":null", "}}", 65536, 1},
        {"{\"id\":\"a\",\"objectives\":[", "\"m# <= 1\"", "]}", 10000, 1},
        {"{\"id\":\"a\",\"constraints\":[", "\"m# <= 1\"", "]}", 10000, 1},
        {"{\"id\":\"a\",\"history\":{", "\"m#\":{\"values\":[]}", "}}", 1024, 1},
        {"{", "\"m#\":1", "}", 65536, 0}, /* there is no id */
    };
    size_t i;
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        text most = list(lists[i].before, lists[i].member, lists[i].most, lists[i].after);
        text more = list(lists[i].before, lists[i].member, lists[i].most + 1, lists[i].after);
        CHECK_CASE(send(&json_calls[0], most.bytes, most.length, lists[i].before) == (lists[i].takes_most ? RANCOG_OK : RANCOG_E_INVALID_JSON), lists[i].member);
        CHECK_CASE(send(&json_calls[0], more.bytes, more.length, lists[i].before) == RANCOG_E_LIMIT, lists[i].member);
        text_free(&most);
        text_free(&more);
    }
    rancog_buffer_free(rancog_report_render((const uint8_t *)sample_result, ((size_t)64 << 20) + 1)); /* refused before it is read */
    CHECK(rancog_last_status() == RANCOG_E_LIMIT);
}

/* A text in which one string is a megabyte long. */
static void with_long_string(const char *before, char fill, const char *after, const char *note)
{
    size_t size = check_scale((size_t)1 << 20, 1 << 14);
    char *filling = malloc(size);
    text t = {NULL, 0, 0};
    memset(filling, fill, size);
    text_add(&t, "%s", before);
    text_add_bytes(&t, filling, size);
    text_add(&t, "%s", after);
    send_to_all(t.bytes, t.length, note);
    text_free(&t);
    free(filling);
}

static void megabyte_strings_are_answered(void)
{
    with_long_string("{\"id\":\"", 'x', "\",\"metrics\":{}}", "long id");
    with_long_string("{\"", 'x', "\":1,\"id\":\"a\",\"metrics\":{}}", "long field name");
    with_long_string("{\"id\":\"a\",\"current_state\":{\"", 'x', "\":1}}", "long metric");
    with_long_string("{\"id\":\"a\",\"constraints\":[\"", '(', "m <= 1\"]}", "open brackets");
    with_long_string("{\"id\":\"a\",\"constraints\":[\"m <= ", '9', "\"],\"current_state\":{\"m\":1}}", "long number in an expression");
    with_long_string("{\"id\":\"a\",\"objectives\":[\"maximize ", 'm', "\"]}", "long objective");
    with_long_string("{\"id\":\"a\",\"seed\":", '1', "}", "long whole number");
    with_long_string("{\"id\":\"a\",\"current_state\":{\"m\":0.", '3', "}}", "long fraction");
    with_long_string("{\"id\":\"a\",\"metrics\":{\"", 'y', "\":{\"start_ns\":0,\"step_ns\":1,\"values\":[1,2,3,4]}}}", "long metric in a timeline");
    with_long_string("", ' ', "{\"id\":\"a\",\"metrics\":{}}", "long blanks");
    with_long_string("[", ',', "]", "commas");
}

static size_t mutate(char *bytes, size_t length, size_t room, uint64_t *random)
{
    static const char *const tokens[] = {
        "null", "true", "1e308", "-1e308", "1e400", "-1", "0", "1e-320", "18446744073709551615", "\"\"", "{}", "[]", "{", "}", "[", "]", ",", ":", "\"",
        "\\u0000", "\\ud800", "\xC3\xA9", "\xFF", "NaN", "3600000000000", "0.1", "\\",
    };
    const char *token = tokens[prng_below(random, sizeof tokens / sizeof tokens[0])];
    size_t size = strlen(token);
    size_t at = prng_below(random, length);
    size_t span = 1 + prng_below(random, 12);
    span = span < length - at ? span : length - at;
    switch (prng_below(random, 6)) {
    case 0: /* one byte */
        bytes[at] = (char)prng_next(random);
        return length;
    case 1: /* one bit */
        bytes[at] = (char)(bytes[at] ^ (1 << prng_below(random, 8)));
        return length;
    case 2: /* leave out */
        memmove(bytes + at, bytes + at + span, length - at - span);
        return length - span > 0 ? length - span : length;
    case 3: /* repeat */
        if (length + span <= room) {
            memmove(bytes + at + span, bytes + at, length - at);
            return length + span;
        }
        return length;
    case 4: /* put a token in */
        if (length + size <= room) {
            memmove(bytes + at + size, bytes + at, length - at);
            memcpy(bytes + at, token, size);
            return length + size;
        }
        return length;
    default: /* replace a number by a token */
        while (at < length && !(bytes[at] >= '0' && bytes[at] <= '9')) {
            at++;
        }
        for (span = 0; at + span < length && strchr("0123456789.eE", bytes[at + span]) && bytes[at + span]; span++) {
        }
        if (span == 0 || length - span + size > room) {
            return length;
        }
        memmove(bytes + at + size, bytes + at + span, length - at - span);
        memcpy(bytes + at, token, size);
        return length - span + size;
    }
}

static void random_mutations_never_break_the_boundary(void)
{
    size_t i, round, changes;
    size_t sent = 0, understood = 0;
    for (i = 0; i < json_calls_count; i++) {
        const json_call *row = &json_calls[i];
        /* A timeline whose metrics lie far apart is looked at over thousands of steps. */
        size_t rounds = row->call == rancog_temporal_optimize_temporal_expansion ? check_scale(100, 25) : check_scale(1200, 25);
        size_t whole = strlen(row->sample);
        for (round = 0; round < rounds; round++) {
            uint64_t random = round * 7919 + i;
            size_t room = whole * 2;
            size_t length = whole;
            char *bytes = malloc(room);
            char note[100];
            memcpy(bytes, row->sample, whole);
            for (changes = 1 + prng_below(&random, 3); changes > 0; changes--) {
                length = mutate(bytes, length, room, &random);
            }
            snprintf(note, sizeof note, "%s, mutation %u", row->name, (unsigned)round);
            sent++;
            understood += send(row, bytes, length, note) == RANCOG_OK;
            free(bytes);
        }
    }
    CHECK(understood > 0 && understood < sent);
}

int main(void)
{
    core = rancog_temporal_create(16, 4, NULL);
    CHECK(core != NULL);
    RUN(every_prefix_of_a_valid_text_is_refused);
    RUN(what_is_not_json_is_refused);
    RUN(lone_surrogates_never_reach_a_result);
    RUN(deep_nesting_is_refused);
    RUN(wrong_types_and_extreme_numbers_are_answered);
    RUN(duplicate_fields_and_numbers_as_text_are_refused);
    RUN(lists_are_bounded);
    RUN(megabyte_strings_are_answered);
    RUN(random_mutations_never_break_the_boundary);
    rancog_temporal_destroy(core);
    return check_finish();
}
