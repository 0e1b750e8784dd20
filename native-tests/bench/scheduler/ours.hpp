/* A rancog_scheduler with one handler, "timer". Whatever is refused ends the program: a benchmark of refused calls would be worth nothing. */
#ifndef SCHEDULER_OURS_HPP
#define SCHEDULER_OURS_HPP

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "rancognition.h"

constexpr char timer_type[] = "{\"Custom\":\"timer\"}";

/* A running handler's own task may still count as pending when it schedules the next one, so may a batch's. */
constexpr size_t spare_tasks = 1024;

inline void require(bool good, const char *call)
{
    if (!good) {
        std::fprintf(stderr, "bench_scheduler: %s: %s\n", call, rancog_last_error_message());
        std::exit(1);
    }
}

class our_scheduler {
public:
    /* Options beside the capacity as JSON members, such as "mode":"virtual". */
    our_scheduler(const std::string &options, size_t pending, rancog_task_handler handler, void *user_data)
    {
        const std::string json = "{" + options + ",\"capacity\":" + std::to_string(pending + spare_tasks) + "}";
        self_ = rancog_scheduler_create(bytes(json.data()), json.size(), nullptr);
        require(self_ != nullptr, "create");
        handler_ = rancog_scheduler_register_handler(self_, bytes("timer"), 5, handler, user_data);
        require(handler_ != 0, "register_handler");
    }

    ~our_scheduler()
    {
        rancog_scheduler_destroy(self_);
    }

    our_scheduler(const our_scheduler &) = delete;
    our_scheduler &operator=(const our_scheduler &) = delete;

    rancog_scheduler *get() const
    {
        return self_;
    }

    /* 0 when refused. */
    uint64_t schedule(uint64_t due, const void *data, size_t length)
    {
        return rancog_scheduler_schedule_task(self_, due, 0, bytes(timer_type), sizeof timer_type - 1, static_cast<const uint8_t *>(data),
                                              length);
    }

    /* 0 when refused. */
    uint64_t schedule_recurring(uint64_t interval, uint32_t executions)
    {
        return rancog_scheduler_schedule_recurring_task(self_, interval, 0, bytes(timer_type), sizeof timer_type - 1, nullptr, 0, executions);
    }

    /* A task of a batch, for this scheduler's handler. */
    rancog_task task(uint64_t due, uint64_t payload) const
    {
        rancog_task task = {};
        task.struct_size = sizeof task;
        task.handler = handler_;
        task.execute_time = due;
        task.payload = payload;
        return task;
    }

private:
    static const uint8_t *bytes(const char *text)
    {
        return reinterpret_cast<const uint8_t *>(text);
    }

    rancog_scheduler *self_;
    uint32_t handler_;
};

#endif
