/* Boost.Asio's timers: a binary heap under its io_context, on a clock of ours that is moved by hand. One thread, without locks. */
#define BOOST_ASIO_DISABLE_THREADS 1
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>

#include "adapters.hpp"
#include "workload.hpp"

namespace {

struct virtual_clock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<virtual_clock>;
    static constexpr bool is_steady = true;
    static inline uint64_t now_ns = 0;

    static time_point at(uint64_t ns)
    {
        return time_point(duration(static_cast<rep>(ns)));
    }

    static time_point now()
    {
        return at(now_ns);
    }
};

class asio {
public:
    static constexpr bool virtual_time = true, cancels = true, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_range_ns(pending);
    }

    explicit asio(size_t pending) : step_ns_(virtual_step_ns(pending))
    {
        timers_.reserve(pending);
        for (size_t i = 0; i < pending; i++) {
            timers_.emplace_back(context_);
        }
    }

    uint64_t now() const
    {
        return virtual_clock::now_ns;
    }

    uint64_t schedule(uint32_t timer, uint64_t due)
    {
        timers_[timer].expires_at(virtual_clock::at(due));
        timers_[timer].async_wait([timer, due](const boost::system::error_code &error) {
            if (!error) {
                workload<asio>::executed(timer, due, due);
            }
        });
        return timer;
    }

    void cancel(uint64_t timer)
    {
        timers_[timer].cancel();
    }

    /* The handlers of cancelled timers are still to be called. */
    void flush()
    {
        context_.restart();
        context_.poll();
    }

    void step()
    {
        virtual_clock::now_ns += step_ns_;
        context_.restart();
        context_.poll();
    }

private:
    boost::asio::io_context context_{1};
    std::vector<boost::asio::basic_waitable_timer<virtual_clock>> timers_;
    const uint64_t step_ns_;
};

} // namespace

engine_entry peer_asio()
{
    return entry_of<asio>("asio", "Boost.Asio", "1 ns, virtual, by turn");
}
