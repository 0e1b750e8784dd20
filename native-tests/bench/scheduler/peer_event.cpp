/* libevent's timers: a binary heap of times in us, looked at once a turn of its loop. */
#include <memory>

#include <event2/event.h>
#include <event2/event_struct.h>

#include "adapters.hpp"
#include "workload.hpp"

namespace {

class libevent {
public:
    static constexpr bool virtual_time = false, cancels = true, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return real_range_ns(pending);
    }

    explicit libevent(size_t pending) : events_(new event[pending])
    {
        event_config *config = event_config_new();
        event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK | EVENT_BASE_FLAG_PRECISE_TIMER); /* else its clock ticks every few ms */
        base_ = event_base_new_with_config(config);
        event_config_free(config);
        for (size_t i = 0; i < pending; i++) {
            event_assign(&events_[i], base_, -1, 0, run, reinterpret_cast<void *>(static_cast<uintptr_t>(i)));
        }
    }

    ~libevent()
    {
        event_base_free(base_);
    }

    libevent(const libevent &) = delete;
    libevent &operator=(const libevent &) = delete;

    uint64_t now() const
    {
        return 0;
    }

    uint64_t schedule(uint32_t timer, uint64_t delay)
    {
        timeval after;
        after.tv_sec = static_cast<time_t>(delay / 1000000000);
        after.tv_usec = static_cast<suseconds_t>(delay % 1000000000 / 1000);
        event_add(&events_[timer], &after);
        return timer;
    }

    void cancel(uint64_t timer)
    {
        event_del(&events_[timer]);
    }

    void flush()
    {
    }

    void step()
    {
        event_base_loop(base_, EVLOOP_ONCE | EVLOOP_NONBLOCK);
    }

private:
    static void run(evutil_socket_t, short, void *argument)
    {
        const auto timer = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argument));
        workload<libevent>::executed(timer, workload<libevent>::promised(timer), 0);
    }

    std::unique_ptr<event[]> events_;
    event_base *base_;
};

} // namespace

engine_entry peer_event()
{
    return entry_of<libevent>("event", "libevent", "1 us, delays, real");
}
