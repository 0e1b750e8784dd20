/* A 4-ary heap whose timers know their place in it, so that they can be cancelled; in the process, without ABI. */
#include <cstdlib>

#include "adapters.hpp"
#include "workload.hpp"

namespace {

class heap4 {
public:
    static constexpr bool virtual_time = true, cancels = true, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_range_ns(pending);
    }

    explicit heap4(size_t pending)
        : memory_(static_cast<item *>(std::aligned_alloc(64, (pending + 8) / 4 * 64))), items_(memory_ + 3), places_(pending), callbacks_(pending)
    {
    }

    ~heap4()
    {
        std::free(memory_);
    }

    heap4(const heap4 &) = delete;
    heap4 &operator=(const heap4 &) = delete;

    uint64_t now() const
    {
        return now_;
    }

    uint64_t schedule(uint32_t timer, uint64_t due)
    {
        callbacks_[timer] = workload<heap4>::executed;
        rise(count_++, {due, timer});
        return timer;
    }

    void cancel(uint64_t timer)
    {
        const size_t place = places_[timer];
        const item last = items_[--count_];
        if (place == count_) {
            return;
        }
        if (place > 0 && last.due < items_[(place - 1) / 4].due) {
            rise(place, last);
        } else {
            sink(place, last);
        }
    }

    void flush()
    {
    }

    void step()
    {
        const item first = items_[0], last = items_[--count_];
        if (count_ > 0) {
            sink(0, last);
        }
        now_ = first.due;
        callbacks_[first.timer](first.timer, first.due, first.due);
    }

private:
    struct item {
        uint64_t due;
        uint64_t timer;
    };

    void put(size_t place, const item &x)
    {
        items_[place] = x;
        places_[x.timer] = static_cast<uint32_t>(place);
    }

    void rise(size_t place, const item &x)
    {
        while (place > 0 && items_[(place - 1) / 4].due > x.due) {
            put(place, items_[(place - 1) / 4]);
            place = (place - 1) / 4;
        }
        put(place, x);
    }

    void sink(size_t place, const item &x)
    {
        for (size_t child; (child = earliest_child(place)) < count_ && items_[child].due < x.due; place = child) {
            put(place, items_[child]);
        }
        put(place, x);
    }

    /* count_ or more when there is none. */
    size_t earliest_child(size_t place) const
    {
        const size_t first = 4 * place + 1;
        if (first + 3 < count_) {
            const size_t a = items_[first + 1].due < items_[first].due ? first + 1 : first;
            const size_t b = items_[first + 3].due < items_[first + 2].due ? first + 3 : first + 2;
            return items_[b].due < items_[a].due ? b : a;
        }
        size_t earliest = first;
        for (size_t i = first + 1; i < count_; i++) {
            earliest = items_[i].due < items_[earliest].due ? i : earliest;
        }
        return earliest;
    }

    item *memory_;
    item *items_; /* the four children of a place lie in one cache line */
    std::vector<uint32_t> places_;
    std::vector<void (*)(uint32_t, uint64_t, uint64_t)> callbacks_;
    size_t count_ = 0;
    uint64_t now_ = 0;
};

} // namespace

engine_entry peer_heap4()
{
    return entry_of<heap4>("heap4", "4-ary heap with places", "1 ns, virtual");
}
