/* The memory's file: what comes back, what is refused and left byte for byte, a full disk, a folder that cannot be written. */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "hosts.h"
#include "memory_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "text.h"

#define NOBODY 65534

static char folder[64], path[100];

static void begin(void)
{
    memory_kit_quick_folder(folder);
    snprintf(path, sizeof path, "%s/m.db", folder);
}

static void end(void)
{
    memory_kit_remove_folder(folder);
}

static rancog_memory *open_it(const char *more)
{
    rancog_memory *self = memory_kit_open(path, more);
    CHECK_CASE(self != NULL, rancog_last_error_message());
    return self;
}

/* Names and contents of all files of the folder, in the order of their names. */
static char *picture(void)
{
    struct dirent **entries;
    text all = {NULL, 0, 0};
    int n = scandir(folder, &entries, NULL, alphasort), i;
    for (i = 0; i < n; i++) {
        char name[400];
        if (entries[i]->d_name[0] != '.') {
            size_t length, k;
            uint64_t hash = 14695981039346656037u;
            uint8_t *bytes;
            snprintf(name, sizeof name, "%s/%s", folder, entries[i]->d_name);
            bytes = memory_kit_read(name, &length);
            for (k = 0; bytes && k < length; k++) {
                hash = (hash ^ bytes[k]) * 1099511628211u;
            }
            text_add(&all, "%s %u %llx\n", entries[i]->d_name, (unsigned)length, (unsigned long long)hash);
            free(bytes);
        }
        free(entries[i]);
    }
    free(entries);
    return all.bytes ? all.bytes : calloc(1, 1);
}

static void exact(rancog_memory *self, size_t count)
{
    float query[MEMORY_DIMENSION];
    rancog_hit expected[20], hits[20];
    size_t n = 20, i;
    memory_kit_vector(4711, MEMORY_DIMENSION, query);
    CHECK_CASE(rancog_memory_search(self, query, MEMORY_DIMENSION, 20, NULL, hits, &n) == RANCOG_OK, rancog_last_error_message());
    CHECK(memory_kit_nearest(MEMORY_L2, query, MEMORY_DIMENSION, count, NULL, NULL, 20, expected) == n);
    for (i = 0; i < n; i++) {
        CHECK(hits[i].id == expected[i].id && memcmp(&hits[i].distance, &expected[i].distance, sizeof(double)) == 0);
    }
    CHECK(memory_kit_stat(self, "episodes") == count);
}

/* Refused with that status, the message has that word, and the folder is as it was. */
static void refused(const char *more, int32_t status, const char *word)
{
    char *before = picture(), *after, note[400];
    rancog_memory *self = memory_kit_open(path, more);
    snprintf(note, sizeof note, "%s: %d %s", word, (int)rancog_last_status(), rancog_last_error_message());
    CHECK_CASE(self == NULL && rancog_last_status() == status, note);
    CHECK_CASE(strstr(rancog_last_error_message(), word) != NULL, note);
    rancog_memory_destroy(self);
    after = picture();
    CHECK_CASE(strcmp(before, after) == 0, after);
    free(before), free(after);
}

static char *answer(rancog_memory *self)
{
    char *recalled;
    uint8_t *stats;
    text all = {NULL, 0, 0};
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":3.5},\"text\":\"night\",\"k\":10,\"explain\":true,\"weights\":{\"similarity\":1,\"recency\":0.5,\"reward\":0.5,\"text\":1}}", &recalled) == RANCOG_OK);
    text_add(&all, "%s", recalled), free(recalled);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"situation\":{\"a\":3.5},\"k\":3,\"as_of_ns\":1500}", &recalled) == RANCOG_OK);
    text_add(&all, "%s", recalled), free(recalled);
    CHECK(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"skills\",\"min_count\":1}", &recalled) == RANCOG_OK);
    text_add(&all, "%s", recalled), free(recalled);
    stats = rancog_memory_get_stats(self);
    CHECK(result_check_and_free(stats, "stats") == RANCOG_OK);
    return all.bytes;
}

static void what_was_stored_answers_with_the_same_bytes_after_it_was_closed(void)
{
    rancog_host host = host_fixed();
    char options[200], *before, *after;
    rancog_memory *self;
    text json = {NULL, 0, 0};
    int i;
    begin();
    snprintf(options, sizeof options, "{\"path\":\"%s\"}", path);
    self = rancog_memory_create((const uint8_t *)options, strlen(options), &host);
    text_add(&json, "[");
    for (i = 0; i < 40; i++) {
        text_add(&json, "%s{\"situation\":{\"a\":%d,\"b\":%d.25},\"time_ns\":%d,\"reward\":%d,\"success\":%s,\"text\":\"%s words\",\"action\":[{\"managedObject\":\"m\",\"attribute\":\"t\",\"before\":1,\"after\":%d}]}", i ? "," : "",
                 i * 7 % 11, i * 3 % 5, 1000 + i, i, i % 3 ? "true" : "false", i % 4 ? "day" : "night", i % 2);
    }
    text_add(&json, "]");
    CHECK(memory_kit_call(rancog_memory_store, self, json.bytes, NULL) == RANCOG_OK);
    CHECK(memory_kit_call(rancog_memory_update, self, "{\"id\":5,\"outcome\":{\"x\":1},\"reward\":99,\"known_ns\":2000}", NULL) == RANCOG_OK);
    CHECK(rancog_memory_remove(self, 7) == RANCOG_OK);
    before = answer(self);
    memory_kit_destroy(self);
    self = rancog_memory_create((const uint8_t *)options, strlen(options), &host);
    after = answer(self);
    CHECK_CASE(strcmp(before, after) == 0, after);
    CHECK(memory_kit_call(rancog_memory_store, self, "{\"situation\":{\"a\":1}}", NULL) == RANCOG_OK && memory_kit_stat(self, "episodes") == 40);
    memory_kit_destroy(self);
    free(before), free(after);
    text_free(&json);
    end();
}

static void a_file_is_one_memory_at_a_time(void)
{
    rancog_memory *self;
    char more[120];
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 30, MEMORY_DIMENSION);
    CHECK(memory_kit_open(path, "") == NULL && rancog_last_status() == RANCOG_E_BUSY && strstr(rancog_last_error_message(), "path: is in use by"));
    snprintf(more, sizeof more, "%s/link.db", folder);
    CHECK(symlink(path, more) == 0);
    CHECK(memory_kit_open(more, "") == NULL && rancog_last_status() == RANCOG_E_BUSY); /* by another name too */
    exact(self, 30);
    memory_kit_destroy(self);
    self = open_it("");
    exact(self, 30);
    memory_kit_destroy(self);
    end();
}

static void another_dimension_or_metric_is_refused(void)
{
    rancog_memory *self;
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 30, MEMORY_DIMENSION);
    memory_kit_destroy(self);
    refused(",\"dimension\":9", RANCOG_E_INVALID_ARGUMENT, "dimension");
    refused(",\"metric\":\"cosine\"", RANCOG_E_INVALID_ARGUMENT, "metric");
    self = open_it(",\"dimension\":8,\"metric\":\"l2\"");
    exact(self, 30);
    memory_kit_destroy(self);
    end();
}

static void what_is_no_memory_or_a_newer_one_is_refused_and_left(void)
{
    uint8_t *bytes;
    size_t length;
    rancog_memory *self;
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 30, MEMORY_DIMENSION);
    memory_kit_destroy(self);
    bytes = memory_kit_read(path, &length);
    if (CHECK(bytes && length > 8192)) {
        bytes[63]++; /* user_version, the last byte */
        CHECK(memory_kit_write(path, bytes, length));
        refused("", RANCOG_E_INVALID_ARGUMENT, "newer");
        bytes[63]--;
        bytes[70] ^= 1; /* application_id */
        CHECK(memory_kit_write(path, bytes, length));
        refused("", RANCOG_E_INVALID_ARGUMENT, "not a memory's");
        CHECK(memory_kit_write(path, "some notes, and more of them until there are more than a hundred bytes of text here, which is no database at all\n", 110));
        refused("", RANCOG_E_INVALID_ARGUMENT, "not a SQLite file");
        CHECK(memory_kit_write(path, "x", 1));
        refused("", RANCOG_E_INVALID_ARGUMENT, "not a SQLite file");
    }
    free(bytes);
    end();
}

/* Damage anywhere: refused and left, or an error where it is read; never another answer. */
static void a_damaged_file_is_refused_or_told_and_left(void)
{
    uint8_t *bytes, *damaged;
    size_t length, i, refusals = 0;
    uint64_t random = 11;
    char *whole;
    rancog_memory *self;
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 300, MEMORY_DIMENSION);
    CHECK(memory_kit_call(rancog_memory_recall, self, "{\"like\":1,\"k\":299}", &whole) == RANCOG_OK);
    memory_kit_destroy(self);
    bytes = memory_kit_read(path, &length);
    damaged = malloc(length + 1);
    for (i = 0; bytes && i < check_scale(120, 20); i++) {
        char *before, *after, *again, note[300];
        size_t now = length, from = prng_below(&random, length), span = 1 + prng_below(&random, 3000), k;
        memcpy(damaged, bytes, length);
        switch (i % 3) {
        case 0: damaged[from] ^= (uint8_t)(1 << prng_below(&random, 8)); break;
        case 1: now = from; break;
        default:
            for (k = from; k < length && k < from + span; k++) {
                damaged[k] = (uint8_t)prng_next(&random);
            }
        }
        CHECK(memory_kit_write(path, damaged, now));
        before = picture();
        self = memory_kit_open(path, "");
        snprintf(note, sizeof note, "%u: kind %u at %u of %u: %s", (unsigned)i, (unsigned)(i % 3), (unsigned)from, (unsigned)length, rancog_last_error_message());
        if (!self) {
            int32_t status = rancog_last_status();
            refusals++;
            CHECK_CASE(status == RANCOG_E_STORAGE || status == RANCOG_E_INVALID_ARGUMENT, note);
            after = picture();
            CHECK_CASE(strcmp(before, after) == 0, note);
            free(after);
        } else if (now > 0) { /* an empty file is a new memory */
            int32_t status = memory_kit_call(rancog_memory_recall, self, "{\"like\":1,\"k\":299}", &again);
            if (status == RANCOG_OK) {
                char *a = strstr(whole, "\"scanned\""), *b = strstr(again, "\"scanned\"");
                CHECK_CASE(a && b && a - whole == b - again && memcmp(whole, again, (size_t)(a - whole)) == 0, note);
            } else {
                CHECK_CASE(status == RANCOG_E_STORAGE, note);
            }
            free(again);
            memory_kit_destroy(self);
        } else {
            memory_kit_destroy(self);
        }
        free(before);
    }
    CHECK(refusals > i / 3);
    free(bytes), free(damaged), free(whole);
    end();
}

/* A limit on the size of files stands for a full disk. */
static void a_full_disk_is_told_and_nothing_is_lost(void)
{
    static const char *const durabilities[] = {"none", "group", "sync"};
    size_t d;
    for (d = 0; d < 3; d++) {
        struct rlimit limit, small;
        char more[60];
        rancog_memory *self;
        size_t stored = 0, refusals = 0;
        begin();
        snprintf(more, sizeof more, ",\"durability\":\"%s\"", durabilities[d]);
        CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
        signal(SIGXFSZ, SIG_IGN);
        self = open_it(more);
        memory_kit_append(self, 1, 20, MEMORY_DIMENSION);
        small = limit;
        small.rlim_cur = 600 * 1024;
        CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
        for (stored = 20; stored < 20000 && refusals < 3;) {
            rancog_episode episodes[50];
            float vectors[50][MEMORY_DIMENSION];
            uint64_t ids[50] = {7};
            size_t i;
            int32_t status;
            for (i = 0; i < 50; i++) {
                episodes[i] = memory_kit_episode(stored + 1 + i, vectors[i], MEMORY_DIMENSION);
            }
            status = rancog_memory_append(self, episodes, 50, -1, ids);
            if (status == RANCOG_OK) {
                stored += 50;
            } else {
                refusals++;
                CHECK_CASE(status == RANCOG_E_STORAGE && ids[0] == 7, rancog_last_error_message());
                status = memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"tags\":[\"full\"]}", NULL);
                CHECK_CASE(status == RANCOG_E_STORAGE || status == RANCOG_OK, rancog_last_error_message()); /* there may be room for less */
            }
        }
        CHECK_CASE(refusals == 3, "the limit is felt");
        exact(self, stored); /* readers go on */
        CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
        memory_kit_append(self, stored + 1, 60, MEMORY_DIMENSION); /* and writers, once there is room */
        CHECK_CASE(rancog_memory_flush(self) == RANCOG_OK, rancog_last_error_message());
        exact(self, stored + 60);
        memory_kit_destroy(self);
        self = open_it("");
        exact(self, stored + 60);
        memory_kit_destroy(self);
        signal(SIGXFSZ, SIG_DFL);
        end();
    }
}

static void a_folder_that_cannot_be_written_is_told(void)
{
    uid_t user = geteuid();
    rancog_memory *self;
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 30, MEMORY_DIMENSION);
    memory_kit_destroy(self);
    CHECK(chmod(folder, 0555) == 0 && chmod(path, 0444) == 0);
    if (user == 0) {
        CHECK(seteuid(NOBODY) == 0); /* the superuser may write everywhere */
    }
    refused("", RANCOG_E_INVALID_ARGUMENT, "cannot be written");
    snprintf(path, sizeof path, "%s/new.db", folder);
    refused("", RANCOG_E_INVALID_ARGUMENT, "cannot be written");
    if (user == 0) {
        CHECK(seteuid(user) == 0);
    }
    CHECK(chmod(folder, 0755) == 0);
    snprintf(path, sizeof path, "%s/m.db", folder);
    CHECK(chmod(path, 0644) == 0);
    self = open_it("");
    exact(self, 30);
    memory_kit_destroy(self);
    end();
}

static void a_backup_taken_in_use_is_a_memory(void)
{
    rancog_memory *self;
    char request[200];
    begin();
    self = open_it("");
    memory_kit_append(self, 1, 50, MEMORY_DIMENSION);
    snprintf(request, sizeof request, "{\"op\":\"backup\",\"path\":\"%s/copy.db\"}", folder);
    CHECK_CASE(memory_kit_call(rancog_memory_analyze, self, request, NULL) == RANCOG_OK, rancog_last_error_message());
    memory_kit_append(self, 51, 50, MEMORY_DIMENSION);
    exact(self, 100);
    memory_kit_destroy(self);
    snprintf(path, sizeof path, "%s/copy.db", folder);
    self = open_it("");
    exact(self, 50);
    memory_kit_destroy(self);
    end();
}

int main(void)
{
    RUN(what_was_stored_answers_with_the_same_bytes_after_it_was_closed);
    RUN(a_file_is_one_memory_at_a_time);
    RUN(another_dimension_or_metric_is_refused);
    RUN(what_is_no_memory_or_a_newer_one_is_refused_and_left);
    RUN(a_damaged_file_is_refused_or_told_and_left);
    RUN(a_full_disk_is_told_and_nothing_is_lost);
    RUN(a_folder_that_cannot_be_written_is_told);
    RUN(a_backup_taken_in_use_is_a_memory);
    return check_finish();
}
