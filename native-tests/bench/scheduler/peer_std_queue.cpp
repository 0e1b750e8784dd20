/* std::priority_queue, in the process, without ABI: the heap most programs would use. It cannot cancel. */
#include <queue>

#include "adapters.hpp"
#include "workload.hpp"

namespace {

class std_queue {
public:
    static constexpr bool virtual_time = true, cancels = false, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_range_ns(pending);
    }

    explicit std_queue(size_t)
    {
    }

    uint64_t now() const
    {
        return now_;
    }

    uint64_t schedule(uint32_t timer, uint64_t due)
    {
        items_.push({due, timer, workload<std_queue>::executed});
        return 0;
    }

    void cancel(uint64_t)
    {
    }

    void flush()
    {
    }

    void step()
    {
        const item first = items_.top();
        items_.pop();
        now_ = first.due;
        first.callback(first.timer, first.due, first.due);
    }

private:
    struct item {
        uint64_t due;
        uint32_t timer;
        void (*callback)(uint32_t, uint64_t, uint64_t);

        bool operator<(const item &other) const
        {
            return due > other.due;
        }
    };

    std::priority_queue<item> items_;
    uint64_t now_ = 0;
};

} // namespace

engine_entry peer_std_queue()
{
    return entry_of<std_queue>("std", "std::priority_queue", "1 ns, virtual");
}
