#include "strange_loop_kit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "optimization_kit.h"
#include "result.h"

const char loop_kit_conflict[] =
    "{\"commands\":[{\"source\":\"ES\",\"command\":\"set\",\"targetParameter\":\"power\",\"targetValue\":40,\"targetCell\":\"c1\",\"timestamp\":100,\"controlTimespan\":50},"
    "{\"source\":\"MLB\",\"command\":\"set\",\"targetParameter\":\"power\",\"targetValue\":43,\"targetCell\":\"c1\",\"timestamp\":149,\"controlTimespan\":10}]}";

rancog_strange_loop *loop_kit_create(const char *options, const rancog_host *host)
{
    rancog_strange_loop *self = rancog_strange_loop_create((const uint8_t *)options, options ? strlen(options) : 0, host);
    CHECK_CASE(self != NULL && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
    return self;
}

void loop_kit_destroy(rancog_strange_loop *self)
{
    rancog_strange_loop_destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

int32_t loop_kit_call(loop_call call, rancog_strange_loop *self, const char *json, char **text)
{
    return result_take(call(self, (const uint8_t *)json, strlen(json)), json, text);
}

char *loop_kit_answer(loop_call call, rancog_strange_loop *self, const char *json)
{
    char *text;
    CHECK_CASE(loop_kit_call(call, self, json, &text) == RANCOG_OK, rancog_last_error_message());
    return text;
}

int32_t loop_kit_with(rancog_strange_loop *self, const char *json, loop_record *record, char **text)
{
    record->caller = pthread_self();
    return result_take(rancog_strange_loop_solve_with(self, (const uint8_t *)json, strlen(json), loop_kit_map, record), json, text);
}

char *loop_kit_state(rancog_strange_loop *self)
{
    uint8_t *result = rancog_strange_loop_get_state(self);
    int32_t status = result_check(result, "get_state");
    char *text = result ? result_without_times(result) : calloc(1, 1);
    CHECK_CASE(status == RANCOG_OK, rancog_last_error_message());
    rancog_buffer_free(result);
    return text;
}

int32_t loop_kit_restore(rancog_strange_loop *self, const char *state)
{
    int32_t status = rancog_strange_loop_restore(self, (const uint8_t *)state, strlen(state));
    CHECK(status == rancog_last_status() && status_expected(status) && (status == RANCOG_OK) == (rancog_last_error_message()[0] == 0));
    return status;
}

loop_record loop_kit_record(size_t n, void (*map)(const double *x, size_t n, double *fx))
{
    loop_record record;
    memset(&record, 0, sizeof record);
    record.n = n;
    record.map = map;
    record.caller = pthread_self();
    return record;
}

int32_t loop_kit_map(const double *x, size_t n, double *fx, void *user_data)
{
    loop_record *record = user_data;
    int fails;
    record->calls++;
    if (n != record->n || !pthread_equal(pthread_self(), record->caller)) {
        record->faults++;
        return 99;
    }
    if (record->x) {
        memcpy(record->x, x, n * sizeof *x);
    }
    if (record->inside) {
        record->inside(record);
    }
    fails = record->fails_from != 0 && record->calls >= record->fails_from;
    if (!fails || record->failure != MAP_GIVES_NOTHING) {
        record->map(x, n, fx);
    }
    if (fails) {
        switch (record->failure) {
        case MAP_GIVES_STATUS: return -7;
        case MAP_GIVES_NAN: fx[n - 1] = NAN; break;
        case MAP_GIVES_INFINITY: fx[n - 1] = -INFINITY; break;
        default: break;
        }
    }
    return 0;
}

void loop_kit_cosine(const double *x, size_t n, double *fx)
{
    size_t i;
    for (i = 0; i < n; i++) {
        fx[i] = cos(x[i]);
    }
}

int loop_kit_says(const char *result, const char *path, const char *value)
{
    return strncmp(optimization_kit_at(result, path), value, strlen(value)) == 0;
}
