/* Our scheduler, one call a task: schedule_task, cancel_task, and schedule_task again from the handler. */
#include "adapters.hpp"
#include "ours.hpp"
#include "workload.hpp"

namespace {

/* With 8 bytes of data the handler knows when its task was due; without, it counts from the current time. */
template <bool with_data> class calls {
public:
    static constexpr bool virtual_time = true, cancels = true, knows_due = with_data;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_range_ns(pending);
    }

    explicit calls(size_t pending) : scheduler_("\"mode\":\"virtual\"", pending, run, this), step_ns_(virtual_step_ns(pending))
    {
    }

    uint64_t now() const
    {
        return now_;
    }

    uint64_t schedule(uint32_t, uint64_t due)
    {
        const uint64_t id = with_data ? scheduler_.schedule(due, &due, sizeof due) : scheduler_.schedule(due, nullptr, 0);
        require(id != 0, "schedule_task");
        return id;
    }

    void cancel(uint64_t id)
    {
        require(rancog_scheduler_cancel_task(scheduler_.get(), id) == RANCOG_OK, "cancel_task");
    }

    void flush()
    {
    }

    void step()
    {
        size_t done = 0;
        require(rancog_scheduler_advance_time(scheduler_.get(), step_ns_) == RANCOG_OK, "advance_time");
        now_ += step_ns_;
        require(rancog_scheduler_execute_ready_batch(scheduler_.get(), SIZE_MAX, nullptr, &done) == RANCOG_OK, "execute_ready_batch");
    }

private:
    static int32_t run(uint64_t, uint64_t, const uint8_t *data, size_t, rancog_reply *, void *user_data)
    {
        uint64_t due = static_cast<calls *>(user_data)->now_;
        if (with_data) {
            std::memcpy(&due, data, sizeof due);
        }
        workload<calls>::executed(0, due, due);
        return 0;
    }

    our_scheduler scheduler_;
    const uint64_t step_ns_;
    uint64_t now_ = 0;
};

} // namespace

engine_entry ours_calls()
{
    return entry_of<calls<false>>("ours-calls", "RanCognition, one by one", "1 ns, virtual", true);
}

engine_entry ours_calls_with_data()
{
    return entry_of<calls<true>>("ours-data", "RanCognition, with 8 bytes of data", "1 ns, virtual", true, true);
}
