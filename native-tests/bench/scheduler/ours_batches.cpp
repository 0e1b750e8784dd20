/* Our scheduler in binary batches: schedule_batch of 256 tasks, execute_ready_batch with room for 256 outcomes. */
#include <array>

#include "adapters.hpp"
#include "ours.hpp"
#include "workload.hpp"

namespace {

constexpr size_t batch_tasks = 256;

class batches {
public:
    static constexpr bool virtual_time = true, cancels = false, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return virtual_range_ns(pending);
    }

    explicit batches(size_t pending) : scheduler_("\"mode\":\"virtual\"", pending, run, nullptr), step_ns_(virtual_step_ns(pending))
    {
        tasks_.fill(scheduler_.task(0, 0));
    }

    uint64_t now() const
    {
        return now_;
    }

    uint64_t schedule(uint32_t timer, uint64_t due)
    {
        tasks_[gathered_].execute_time = due;
        tasks_[gathered_].payload = timer;
        if (++gathered_ == batch_tasks) {
            flush();
        }
        return 0;
    }

    void cancel(uint64_t)
    {
    }

    void flush()
    {
        if (gathered_ > 0) {
            require(rancog_scheduler_schedule_batch(scheduler_.get(), tasks_.data(), gathered_, nullptr) == RANCOG_OK, "schedule_batch");
            gathered_ = 0;
        }
    }

    /* What comes after an execution is done with its outcome, outside the handler. */
    void step()
    {
        size_t done = batch_tasks;
        if (!more_ready_) {
            require(rancog_scheduler_advance_time(scheduler_.get(), step_ns_) == RANCOG_OK, "advance_time");
            now_ += step_ns_;
        }
        require(rancog_scheduler_execute_ready_batch(scheduler_.get(), batch_tasks, outcomes_.data(), &done) == RANCOG_OK, "execute_ready_batch");
        for (size_t i = 0; i < done; i++) {
            workload<batches>::executed(static_cast<uint32_t>(outcomes_[i].payload), outcomes_[i].execute_time, now_);
        }
        flush();
        more_ready_ = done == batch_tasks;
    }

private:
    static int32_t run(uint64_t, uint64_t, const uint8_t *, size_t, rancog_reply *, void *)
    {
        return 0;
    }

    our_scheduler scheduler_;
    const uint64_t step_ns_;
    uint64_t now_ = 0;
    bool more_ready_ = false;
    size_t gathered_ = 0;
    std::array<rancog_task, batch_tasks> tasks_;
    std::array<rancog_task_outcome, batch_tasks> outcomes_;
};

} // namespace

engine_entry ours_batches()
{
    return entry_of<batches>("ours-batches", "RanCognition, batches of 256", "1 ns, virtual", true);
}
