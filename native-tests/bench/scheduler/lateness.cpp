#include "lateness.hpp"

#include <sys/prctl.h>

#include "clocks.hpp"
#include "ours.hpp"

namespace {

constexpr uint64_t period_ns = 1000000;

/* ---- a bare loop that sleeps, or asks the clock again and again ---- */

void sleep_until(uint64_t due)
{
    timespec until;
    until.tv_sec = static_cast<time_t>(due / 1000000000);
    until.tv_nsec = static_cast<long>(due % 1000000000);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) != 0) {
    }
}

void spin_until(uint64_t due)
{
    while (wall_ns() < due) {
    }
}

figures bare_loop(size_t periods, void (*wait_until)(uint64_t))
{
    figures late;
    late.reserve(periods);
    for (uint64_t due = wall_ns() + period_ns; late.size() < periods; due += period_ns) {
        wait_until(due);
        late.push_back(static_cast<double>(wall_ns() - due));
    }
    return late;
}

/* ---- a recurring task of ours ---- */

struct recurring {
    uint64_t first_id, first_due;
    size_t periods;
    int32_t stop;
    figures late;
};

int32_t take_lateness(uint64_t task_id, uint64_t, const uint8_t *, size_t, rancog_reply *, void *user_data)
{
    const uint64_t now = rancog_nanotime();
    recurring &series = *static_cast<recurring *>(user_data);
    series.late.push_back(static_cast<double>(now) - static_cast<double>(series.first_due + (task_id - series.first_id) * period_ns));
    if (series.late.size() == series.periods) {
        __atomic_store_n(&series.stop, 1, __ATOMIC_RELAXED);
    }
    return 0;
}

figures our_loop(size_t periods, const std::string &options)
{
    recurring series = {0, 0, periods, 0, {}};
    series.late.reserve(periods);
    our_scheduler scheduler("\"mode\":\"real\"" + options, 16, take_lateness, &series);
    series.first_id = scheduler.schedule_recurring(period_ns, static_cast<uint32_t>(periods));
    require(series.first_id != 0, "schedule_recurring_task");
    series.first_due = rancog_scheduler_get_next_execution_time(scheduler.get());
    require(rancog_scheduler_run(scheduler.get(), series.first_due + (periods + 5000) * period_ns, &series.stop) == RANCOG_OK, "run");
    return series.late;
}

} // namespace

const std::vector<lateness_way> &lateness_ways()
{
    static const std::vector<lateness_way> ways = {
        {"sleep", "clock_nanosleep", false},
        {"sleep-exactly", "clock_nanosleep, no timer slack", false},
        {"ours-sleep", "RanCognition, spin_ns 0", true},
        {"ours-default", "RanCognition, default", true},
        {"spin", "loop on clock_gettime", false},
        {"ours-spin", "RanCognition, spin_ns 1000000", true},
    };
    return ways;
}

figures lateness(const std::string &way, size_t periods)
{
    if (way == "sleep") {
        return bare_loop(periods, sleep_until);
    }
    if (way == "sleep-exactly") {
        prctl(PR_SET_TIMERSLACK, 1UL); /* ns; else the kernel may add 50 us */
        return bare_loop(periods, sleep_until);
    }
    if (way == "spin") {
        return bare_loop(periods, spin_until);
    }
    if (way == "ours-sleep") {
        return our_loop(periods, ",\"spin_ns\":0");
    }
    if (way == "ours-default") {
        return our_loop(periods, "");
    }
    if (way == "ours-spin") {
        return our_loop(periods, ",\"spin_ns\":1000000");
    }
    return {};
}
