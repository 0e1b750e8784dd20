/* The host table: sizes of older and newer hosts, flags, missing members. */
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

static int32_t analyse(const rancog_host *host)
{
    rancog_temporal *self = rancog_temporal_create(10, 4, host);
    int32_t status = rancog_last_status();
    CHECK((self != NULL) == (status == RANCOG_OK));
    if (self) {
        status = result_check_and_free(
            rancog_temporal_expand_subjective_time(self, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), NULL, 0), "host");
        rancog_temporal_destroy(self);
    }
    return status;
}

static void an_empty_table_means_the_own_clock(void)
{
    rancog_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    CHECK(analyse(&host) == RANCOG_OK);
    CHECK(analyse(NULL) == RANCOG_OK);
}

static void sizes_that_no_host_has_are_refused(void)
{
    static const uint32_t sizes[] = {0, 1, 4, 7, 4097, 1u << 30, UINT32_MAX};
    rancog_host host = host_fixed();
    size_t i;
    for (i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        host.struct_size = sizes[i];
        CHECK(analyse(&host) == RANCOG_E_INVALID_ARGUMENT);
    }
    CHECK(rancog_temporal_create(10, 4, &host) == NULL);
    CHECK(strncmp(rancog_last_error_message(), "host: ", 6) == 0);
}

static void members_beyond_the_size_are_not_read(void)
{
    host_watch watch;
    rancog_host host;
    memset(&watch, 0, sizeof watch);
    host = host_watching(&watch);
    host.struct_size = offsetof(rancog_host, now_ns);
    CHECK(analyse(&host) == RANCOG_OK);
    CHECK(watch.calls[0] + watch.calls[1] + watch.calls[2] + watch.calls[3] == 0);
    host.struct_size = offsetof(rancog_host, progress);
    host.user_data = NULL;
    host.now_ns = NULL;
    host.log = NULL;
    host.random_u64 = NULL;
    CHECK(analyse(&host) == RANCOG_OK);
    CHECK(watch.calls[3] == 0);
}

static void a_size_inside_a_member_leaves_that_member_out(void)
{
    host_watch watch;
    rancog_host host;
    memset(&watch, 0, sizeof watch);
    host = host_watching(&watch);
    host.struct_size = offsetof(rancog_host, now_ns) + 3;
    CHECK(analyse(&host) == RANCOG_OK || rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(watch.calls[0] == 0);
}

static void a_larger_table_of_a_newer_host_works(void)
{
    struct {
        rancog_host known;
        void *later[20];
    } newer;
    memset(&newer, 0xA5, sizeof newer);
    newer.known = host_fixed();
    newer.known.struct_size = sizeof newer;
    CHECK(analyse(&newer.known) == RANCOG_OK);
}

static void flags_must_be_zero(void)
{
    rancog_host host = host_fixed();
    uint32_t bit;
    for (bit = 0; bit < 32; bit++) {
        host.flags = (uint32_t)1 << bit;
        CHECK(analyse(&host) == RANCOG_E_INVALID_ARGUMENT);
    }
}

static void the_table_is_copied(void)
{
    rancog_host host = host_fixed();
    rancog_temporal *self = rancog_temporal_create(10, 4, &host);
    memset(&host, 0xA5, sizeof host);
    CHECK(result_check_and_free(
              rancog_temporal_expand_subjective_time(self, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), NULL, 0), "copied")
          == RANCOG_OK);
    rancog_temporal_destroy(self);
}

static uint64_t backward_clock(void *user_data)
{
    uint64_t *now = user_data;
    return *now -= 1000000;
}

static uint64_t end_of_time(void *user_data)
{
    (void)user_data;
    return UINT64_MAX;
}

static uint64_t start_of_time(void *user_data)
{
    (void)user_data;
    return 0;
}

static void strange_clocks_are_survived(void)
{
    uint64_t now = HOST_FIXED_NOW_NS;
    rancog_host host = host_fixed();
    host.now_ns = backward_clock;
    host.user_data = &now;
    CHECK(analyse(&host) == RANCOG_OK);
    host.now_ns = end_of_time;
    CHECK(analyse(&host) == RANCOG_OK);
    host.now_ns = start_of_time;
    CHECK(analyse(&host) == RANCOG_OK);
}

/* A clock that makes a call of its own, which fails. */
static uint64_t failing_clock(void *user_data)
{
    (void)user_data;
    CHECK(rancog_pool_allocate(NULL, 1) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    return HOST_FIXED_NOW_NS;
}

#define CHECK_CLEAR(call) \
    do { \
        call; \
        CHECK_CASE(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0, #call); \
    } while (0)

static int32_t do_nothing(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id, (void)payload, (void)data, (void)data_len, (void)reply, (void)user_data;
    return 0;
}

/* The status is that of the call that was made, not of those that its callbacks made. */
static void the_status_of_a_callbacks_own_calls_is_not_that_of_the_call(void)
{
    static const uint8_t type[] = "{\"Custom\":\"nobody\"}";
    rancog_host host = host_fixed();
    rancog_scheduler *scheduler = NULL, *other = NULL;
    rancog_task task;
    rancog_task_outcome outcome;
    rancog_loader *loader = NULL;
    rancog_module *module = NULL;
    uint64_t id = 0;
    uint8_t *result = NULL;
    size_t n = 0;
    host.now_ns = failing_clock;
    CHECK_CLEAR(scheduler = rancog_scheduler_create(NULL, 0, &host));
    CHECK_CLEAR(other = rancog_scheduler_create(NULL, 0, &host));
    CHECK_CLEAR(id = rancog_scheduler_schedule_task(scheduler, HOST_FIXED_NOW_NS + 1000, 0, type, sizeof type - 1, NULL, 0));
    CHECK_CLEAR(rancog_scheduler_schedule_recurring_task(scheduler, 1000, 0, type, sizeof type - 1, NULL, 0, 3));
    CHECK_CLEAR(CHECK(rancog_scheduler_reschedule_task(scheduler, id, HOST_FIXED_NOW_NS + 2000) == RANCOG_OK));
    memset(&task, 0, sizeof task);
    task.struct_size = sizeof task;
    task.handler = rancog_scheduler_register_handler(scheduler, (const uint8_t *)"some", 4, do_nothing, NULL);
    CHECK_CLEAR(rancog_scheduler_schedule_batch(scheduler, &task, 1, NULL));
    CHECK_CLEAR(result = rancog_scheduler_get_queue_status(scheduler));
    rancog_buffer_free(result);
    CHECK_CLEAR(rancog_scheduler_get_next_execution_time(scheduler));
    CHECK_CLEAR(result = rancog_scheduler_snapshot(scheduler));
    CHECK_CLEAR(CHECK(rancog_scheduler_restore(other, (const uint8_t *)result_text(result), result_length(result)) == RANCOG_OK));
    rancog_buffer_free(result);
    CHECK_CLEAR(result = rancog_scheduler_execute_ready_tasks(scheduler, 1));
    rancog_buffer_free(result);
    n = 1;
    CHECK_CLEAR(rancog_scheduler_execute_ready_batch(scheduler, 1, &outcome, &n));
    CHECK_CLEAR(rancog_scheduler_run(scheduler, HOST_FIXED_NOW_NS, NULL));
    CHECK_CLEAR(rancog_scheduler_cancel_task(scheduler, id));
    CHECK_CLEAR(rancog_scheduler_destroy(scheduler));
    CHECK_CLEAR(rancog_scheduler_destroy(other));
    CHECK_CLEAR(loader = rancog_loader_create(NULL, 0, &host));
    CHECK_CLEAR(module = rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, NULL, 0));
    CHECK_CLEAR(result = rancog_module_memory(module));
    rancog_buffer_free(result);
    CHECK_CLEAR(result = rancog_module_interfaces(module));
    rancog_buffer_free(result);
    CHECK_CLEAR(rancog_loader_destroy(loader));
}

int main(void)
{
    RUN(an_empty_table_means_the_own_clock);
    RUN(sizes_that_no_host_has_are_refused);
    RUN(members_beyond_the_size_are_not_read);
    RUN(a_size_inside_a_member_leaves_that_member_out);
    RUN(a_larger_table_of_a_newer_host_works);
    RUN(flags_must_be_zero);
    RUN(the_table_is_copied);
    RUN(strange_clocks_are_survived);
    RUN(the_status_of_a_callbacks_own_calls_is_not_that_of_the_call);
    return check_finish();
}
