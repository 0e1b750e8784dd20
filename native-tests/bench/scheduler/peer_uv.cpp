/* libuv's timers: a binary heap of times in ms. With its static library (BENCH_UV_STATIC) its internal uv__run_timers is called on a loop
 * whose time is set by hand, so that one of its ms stands for 1 us of virtual time. The shared library hides that function: its loop then
 * turns in real time, with delays in whole ms. */
#include <memory>

#include <uv.h>

#include "adapters.hpp"
#include "workload.hpp"

#ifdef BENCH_UV_STATIC
extern "C" void uv__run_timers(uv_loop_t *loop);
#endif

namespace {

class libuv {
public:
#ifdef BENCH_UV_STATIC
    static constexpr bool virtual_time = true;
#else
    static constexpr bool virtual_time = false;
#endif
    static constexpr bool cancels = true, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_time ? virtual_range_ns(pending) : std::max<uint64_t>(20000000, real_range_ns(pending));
    }

    explicit libuv(size_t pending) : pending_(pending), timers_(new timer_of[pending]), step_us_(virtual_step_ns(pending) / 1000)
    {
        uv_loop_init(&loop_);
        loop_.time = virtual_time ? 0 : loop_.time;
        for (size_t i = 0; i < pending; i++) {
            uv_timer_init(&loop_, &timers_[i].handle);
            timers_[i].index = static_cast<uint32_t>(i);
        }
    }

    ~libuv()
    {
        for (size_t i = 0; i < pending_; i++) {
            uv_close(reinterpret_cast<uv_handle_t *>(&timers_[i].handle), nullptr);
        }
        uv_run(&loop_, UV_RUN_DEFAULT);
        uv_loop_close(&loop_);
    }

    libuv(const libuv &) = delete;
    libuv &operator=(const libuv &) = delete;

    uint64_t now() const
    {
        return virtual_time ? loop_.time * 1000 : 0;
    }

    uint64_t schedule(uint32_t timer, uint64_t due)
    {
        timers_[timer].due = due;
        uv_timer_start(&timers_[timer].handle, run, delay_of(due), 0);
        return timer;
    }

    void cancel(uint64_t timer)
    {
        uv_timer_stop(&timers_[timer].handle);
    }

    void flush()
    {
    }

    void step()
    {
#ifdef BENCH_UV_STATIC
        loop_.time += step_us_;
        uv__run_timers(&loop_);
#else
        uv_run(&loop_, UV_RUN_NOWAIT);
#endif
    }

private:
    struct timer_of {
        uv_timer_t handle; /* first: the callback gets its address */
        uint64_t due;
        uint32_t index;
    };

    /* In what the loop takes for ms, rounded up. */
    uint64_t delay_of(uint64_t due) const
    {
        const uint64_t rounded = (due + 999) / 1000;
        if (!virtual_time) {
            return (rounded + 999) / 1000;
        }
        return rounded > loop_.time ? rounded - loop_.time : 1;
    }

    static void run(uv_timer_t *handle)
    {
        const timer_of *timer = reinterpret_cast<timer_of *>(handle);
        if (virtual_time) {
            workload<libuv>::executed(timer->index, timer->due, timer->due);
        } else {
            workload<libuv>::executed(timer->index, workload<libuv>::promised(timer->index), 0);
        }
    }

    const size_t pending_;
    std::unique_ptr<timer_of[]> timers_;
    uv_loop_t loop_;
    [[maybe_unused]] const uint64_t step_us_; /* of virtual time */
};

} // namespace

engine_entry peer_uv()
{
    return entry_of<libuv>("uv", "libuv", libuv::virtual_time ? "1 us, virtual" : "1 ms, delays, real");
}
